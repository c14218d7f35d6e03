package dev.onda.report;

import dev.onda.corpus.Clip;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.Partition;
import dev.onda.corpus.SkippedClip;
import dev.onda.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A corpus to look at and to listen to: what the article's exploration shows (Herrera 2020), and more. Its order is that of a
 * reader who has never seen the data: how much there is, how it is spoken, then one clip taken apart.
 */
public final class ExplorePage {

    private static final double QUIETEST_DB = -80;
    private static final int MOST_NAMED = 20;

    private final Exploration found;
    private final Corpus corpus;
    private final List<Exploration.Measure> measures;
    private final Page page;

    private ExplorePage(Exploration found) {
        this.found = found;
        this.corpus = found.corpus();
        this.measures = found.measures();
        this.page = new Page(corpus.root().toAbsolutePath().normalize().getFileName() + ": what is in it");
    }

    /**
     * Writes {@code index.html} and the pictures as PNG files into a folder.
     *
     * @param model whose first layer is a convolution, which is drawn
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder, Exploration found, Model model) throws IOException {
        ExplorePage page = new ExplorePage(found);
        page.overview();
        page.words();
        page.speakers();
        page.lengths();
        page.levels();
        page.listen();
        ClipSections clip = new ClipSections(found, page.page);
        clip.clip();
        clip.noise();
        clip.spectrogram();
        clip.convolution(model);
        page.page.write(folder);
    }

    private void overview() {
        int clips = corpus.clips().size();
        long speakers = speakersOf(corpus.clips());
        double hours =
                measures.stream().mapToDouble(Exploration.Measure::seconds).sum() / 3600;
        page.section("overview", "What there is");
        page.text(String.format(
                Locale.ROOT,
                "%s of %s by %s, %.1f hours of sound; %s of background. Sample rates: %s.",
                Counted.of(clips, "clip"),
                Counted.of(corpus.words().size(), "word"),
                speakers == 0 ? "speakers that the file names do not tell" : Counted.of(speakers, "speaker"),
                hours,
                Counted.of(corpus.background().size(), "recording"),
                rates().entrySet().stream()
                        .map(e ->
                                String.format(Locale.ROOT, "%,d Hz (%s)", e.getKey(), Counted.of(e.getValue(), "clip")))
                        .collect(Collectors.joining(", "))));
        corpus.leftOut().filter(l -> l.all() > 0).ifPresent(l -> page.text(l.said() + "."));
        corpus.warnings().forEach(page::text);
        unreadable();
    }

    private void unreadable() {
        List<SkippedClip> clips = found.unreadable();
        if (clips.isEmpty()) {
            return;
        }
        page.text(String.format(
                Locale.ROOT,
                "Beside these, %s could not be read and %s nowhere here.",
                Counted.of(clips.size(), "clip"),
                clips.size() == 1 ? "counts" : "count"));
        int more = clips.size() - MOST_NAMED;
        page.table(
                "Clips that could not be read"
                        + (more > 0
                                ? String.format(
                                        Locale.ROOT,
                                        ": the first %d; onda audit names the %,d others",
                                        MOST_NAMED,
                                        more)
                                : ""),
                List.of("clip", "reason"),
                clips.stream()
                        .limit(MOST_NAMED)
                        .map(clip -> List.of(clip.path().toString(), clip.reason()))
                        .toList());
    }

    private void words() {
        Map<Partition, double[]> counts = new EnumMap<>(Partition.class);
        for (Partition partition : Partition.values()) {
            counts.put(
                    partition,
                    corpus.words().stream()
                            .mapToDouble(word -> clips(word, partition))
                            .toArray());
        }
        page.section("words", "Clips of each word");
        page.picture(
                "clips-per-word",
                new BarPlot(
                        "Clips of each word, by partition",
                        "word",
                        corpus.words(),
                        Axis.from("clips", 0),
                        counts.entrySet().stream()
                                .filter(e -> DoubleStream.of(e.getValue()).sum() > 0)
                                .map(e -> new BarPlot.Bars(name(e.getKey()), e.getValue()))
                                .toList()),
                "The network learns from training, validation chooses, and testing is looked at once."
                        + (speakersOf(corpus.clips()) == 0 ? "" : " All clips of a speaker are in one partition."));
        page.table(
                "Clips and speakers of each word",
                List.of("word", "training", "validation", "testing", "speakers"),
                corpus.words().stream()
                        .map(word -> List.of(
                                word,
                                whole(clips(word, Partition.TRAINING)),
                                whole(clips(word, Partition.VALIDATION)),
                                whole(clips(word, Partition.TESTING)),
                                knowsSpeakers() ? whole(speakersOf(of(word))) : "unknown"))
                        .toList());
    }

    private List<Clip> of(String word) {
        return corpus.clips().stream().filter(c -> c.word().equals(word)).toList();
    }

    private long clips(String word, Partition partition) {
        return of(word).stream().filter(c -> c.partition() == partition).count();
    }

    private boolean knowsSpeakers() {
        return speakersOf(corpus.clips()) > 0;
    }

    private void speakers() {
        Map<String, Long> clipsOf = corpus.clips().stream()
                .filter(c -> !c.speaker().isEmpty())
                .collect(Collectors.groupingBy(Clip::speaker, Collectors.counting()));
        if (clipsOf.isEmpty()) {
            return;
        }
        page.section("speakers", "Speakers");
        double[] perWord = corpus.words().stream()
                .mapToDouble(word -> speakersOf(corpus.clips().stream()
                        .filter(c -> c.word().equals(word))
                        .toList()))
                .toArray();
        page.picture(
                "speakers-per-word",
                new BarPlot(
                        "Speakers of each word",
                        "word",
                        corpus.words(),
                        Axis.from("speakers", 0),
                        List.of(new BarPlot.Bars("speakers", perWord))),
                "A word that few people say is a word that is learned from few voices.");
        double[] each = clipsOf.values().stream().mapToDouble(n -> n).toArray();
        double most = Math.max(20, DoubleStream.of(each).max().orElse(0));
        page.picture(
                "clips-per-speaker",
                Histogram.of(each, 1, most + 1, 20, 1).plot("Clips of each speaker", "clips, from", "speakers"),
                "Where a few speakers say most of it, a split that does not keep them apart judges voices that were learned.");
    }

    private Map<Integer, Integer> rates() {
        Map<Integer, Integer> rates = new TreeMap<>();
        measures.forEach(m -> rates.merge(m.sampleRateHz(), 1, Integer::sum));
        return rates;
    }

    private double[] each(ToDoubleFunction<Exploration.Measure> what) {
        return measures.stream().mapToDouble(what).toArray();
    }

    private void lengths() {
        double[] seconds = each(Exploration.Measure::seconds);
        double longest = Math.max(1.2, DoubleStream.of(seconds).max().orElse(0));
        long shorter = DoubleStream.of(seconds).filter(s -> s < 1).count();
        page.section("lengths", "Lengths");
        page.picture(
                "lengths",
                Histogram.of(seconds, 0, longest, 25, 0.01).plot("Length of the clips", "length (s), from", "clips"),
                String.format(
                        Locale.ROOT,
                        "%.1f %% are shorter than a second; these are filled up half and half with their first and last"
                                + " sample. Of longer ones the loudest second counts; beyond two seconds they are left out.",
                        100.0 * shorter / Math.max(1, seconds.length)));
    }

    private void levels() {
        double[] rms = each(Exploration.Measure::rmsDb);
        page.section("levels", "Levels");
        page.picture(
                "levels",
                Histogram.of(rms, QUIETEST_DB, 5, 20, 1)
                        .plot("Loudness of the clips", "root mean square (dB of full scale), from", "clips"),
                String.format(
                        Locale.ROOT,
                        "Nine of ten clips have %.0f to %.0f dB, one of twenty less, one of twenty more: a network must hear the soft ones,"
                                + " too.",
                        quantile(rms, 0.05),
                        quantile(rms, 0.95)));
        page.picture(
                "peaks",
                Histogram.of(each(m -> m.isAtFullScale() ? 0 : m.peakDb()), QUIETEST_DB, 5, 20, 1)
                        .plot("Loudest sample of the clips", "peak (dB of full scale), from", "clips"),
                "Those in the bar at 0 are at full scale, and most of them clipped: onda audit names them.");
    }

    private void listen() {
        page.section("listen", "Each word once").row();
        found.sounds().forEach(page::sound);
        page.endRow();
    }

    private static long speakersOf(List<Clip> clips) {
        return clips.stream()
                .map(Clip::speaker)
                .filter(s -> !s.isEmpty())
                .distinct()
                .count();
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, Math.round(share * sorted.length))];
    }

    private static String whole(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String name(Partition partition) {
        return partition.name().toLowerCase(Locale.ROOT);
    }
}

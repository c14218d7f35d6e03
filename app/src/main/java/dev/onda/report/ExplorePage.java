package dev.onda.report;

import dev.onda.audio.Resampler;
import dev.onda.audio.Wave;
import dev.onda.augment.BackgroundNoise;
import dev.onda.augment.NoiseInjection;
import dev.onda.augment.Surroundings;
import dev.onda.corpus.Clip;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.Partition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * A corpus to look at and to listen to: what the article's exploration shows (Herrera 2020), and more. Its order is that of a
 * reader who has never seen the data: how much there is, how it is spoken, then one clip taken apart.
 */
public final class ExplorePage {

    /** The article's rate. */
    private static final int LOW_HZ = 8_000;

    private static final double NOISE_AMPLITUDE = 0.03;
    private static final double NOISE_SNR_DB = 10;
    private static final double QUIETEST_DB = -80;

    private final Exploration found;
    private final Corpus corpus;
    private final List<Exploration.Measure> measures;
    private final float[][] filters;
    private final int filtersRateHz;
    private final Page page;

    private ExplorePage(Exploration found, float[][] filters, int filtersRateHz) {
        this.found = found;
        this.corpus = found.corpus();
        this.measures = found.known();
        this.filters = filters;
        this.filtersRateHz = filtersRateHz;
        this.page = new Page(corpus.root().toAbsolutePath().normalize().getFileName() + ": what is in it");
    }

    /**
     * Writes {@code index.html} and the pictures as PNG files into a folder.
     *
     * @param filters learned ones, of a first layer, for the drawing of a convolution
     * @param filtersRateHz their sample rate
     * @throws IOException if a file cannot be written
     */
    public static void write(Path folder, Exploration found, float[][] filters, int filtersRateHz) throws IOException {
        ExplorePage page = new ExplorePage(found, filters, filtersRateHz);
        page.overview();
        page.words();
        page.speakers();
        page.lengths();
        page.levels();
        page.listen();
        page.clip();
        page.noise();
        page.spectrogram();
        page.convolution();
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
                "%,d clips of %d words by %s, %.1f hours of sound; %d recordings of background. Sample rates: %s.%s",
                clips,
                corpus.words().size(),
                speakers == 0
                        ? "speakers that the file names do not tell"
                        : String.format(Locale.ROOT, "%,d speakers", speakers),
                hours,
                corpus.background().size(),
                rates().entrySet().stream()
                        .map(e -> String.format(Locale.ROOT, "%,d Hz (%,d clips)", e.getKey(), e.getValue()))
                        .collect(Collectors.joining(", ")),
                clips == measures.size()
                        ? ""
                        : String.format(Locale.ROOT, " %,d clips could not be read.", clips - measures.size())));
        corpus.warnings().forEach(page::text);
    }

    private void words() {
        double[][] counts = new double[Partition.values().length][corpus.words().size()];
        Map<String, Integer> place = new HashMap<>();
        corpus.words().forEach(word -> place.put(word, place.size()));
        corpus.clips().forEach(c -> counts[c.partition().ordinal()][place.get(c.word())]++);
        page.section("words", "Clips of each word");
        page.picture(
                "clips-per-word",
                new BarPlot(
                        "Clips of each word, by partition",
                        "word",
                        corpus.words(),
                        Axis.from("clips", 0),
                        Arrays.stream(Partition.values())
                                .filter(p ->
                                        DoubleStream.of(counts[p.ordinal()]).sum() > 0)
                                .map(p -> new BarPlot.Bars(name(p), counts[p.ordinal()]))
                                .toList()),
                "The network learns from training, validation chooses, and testing is looked at once. All clips of a speaker"
                        + " are in one partition.");
        page.table(
                "Clips and speakers of each word",
                List.of("word", "training", "validation", "testing", "speakers"),
                corpus.words().stream()
                        .map(word -> List.of(
                                word,
                                whole(counts[0][place.get(word)]),
                                whole(counts[1][place.get(word)]),
                                whole(counts[2][place.get(word)]),
                                whole(speakersOf(corpus.clips().stream()
                                        .filter(c -> c.word().equals(word))
                                        .toList()))))
                        .toList());
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
                Histogram.of(each, 0, most, 20).plot("Clips of each speaker", "clips", "speakers"),
                "Where a few speakers say most of it, a split that does not keep them apart judges voices that were learned.");
    }

    private TreeMap<Integer, Integer> rates() {
        TreeMap<Integer, Integer> rates = new TreeMap<>();
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
                Histogram.of(seconds, 0, longest, 24).plot("Length of the clips", "length (s)", "clips"),
                String.format(
                        Locale.ROOT,
                        "%.1f %% are shorter than a second; these are filled up half and half with their first and last"
                                + " sample. Of longer ones the loudest second counts.",
                        100.0 * shorter / Math.max(1, seconds.length)));
    }

    private void levels() {
        double[] rms = each(Exploration.Measure::rmsDb);
        page.section("levels", "Levels");
        page.picture(
                "levels",
                Histogram.of(rms, QUIETEST_DB, 0, 20)
                        .plot("Loudness of the clips", "root mean square (dB of full scale)", "clips"),
                String.format(
                        Locale.ROOT,
                        "From %.0f to %.0f dB in the middle nine tenths: a network must hear the soft ones, too.",
                        quantile(rms, 0.05),
                        quantile(rms, 0.95)));
        page.picture(
                "peaks",
                Histogram.of(each(Exploration.Measure::peakDb), QUIETEST_DB, 0, 20)
                        .plot("Loudest sample of the clips", "peak (dB of full scale)", "clips"),
                "Those at the right edge reach full scale: many of them are clipped. onda audit names them.");
    }

    private void listen() {
        page.section("listen", "Each word once").row();
        found.sounds().forEach(page::sound);
        page.endRow();
    }

    private void clip() {
        Wave wave = found.wave();
        Wave low = resampled(wave, LOW_HZ);
        page.section("clip", "One clip: " + found.example());
        page.picture(
                "raw",
                Waveform.plot(String.format(Locale.ROOT, "As recorded, %,d Hz", wave.sampleRateHz()), wave),
                String.format(Locale.ROOT, "%,d samples: this is all that the network gets.", wave.samples().length));
        page.sound("as recorded", wave);
        page.picture(
                "resampled",
                Waveform.plot(String.format(Locale.ROOT, "Resampled to %,d Hz", LOW_HZ), low),
                "What lies above 4,000 Hz is gone, and with it much of what tells s from f; the work is half of that at"
                        + " 16,000 Hz.");
        page.sound("resampled", low);
    }

    private void noise() {
        Wave low = resampled(found.wave(), LOW_HZ);
        page.section("noise", "The same clip with noise");
        Surroundings none = new Surroundings(LOW_HZ, List.of());
        float[] noisy = low.samples().clone();
        new NoiseInjection(1, NOISE_AMPLITUDE).apply(noisy, 0, noisy.length, none, new SplittableRandom(1));
        page.picture(
                "noisy",
                Waveform.plot("With the article's noise: 0.03 × a number from 0 to 1", new Wave(noisy, LOW_HZ)),
                "The article adds it to copies of some clips, so that the network does not learn single samples by heart.");
        page.sound("with the article's noise", new Wave(noisy, LOW_HZ));
        if (found.background().length == 0) {
            return;
        }
        float[] back = Resampler.of(found.wave().sampleRateHz(), LOW_HZ).resample(found.background());
        float[] mixed = low.samples().clone();
        new BackgroundNoise(1, NOISE_SNR_DB, NOISE_SNR_DB)
                .apply(mixed, 0, mixed.length, new Surroundings(LOW_HZ, List.of(back)), new SplittableRandom(1));
        page.picture(
                "background",
                Waveform.plot("With background of this corpus, 10 dB softer than the word", new Wave(mixed, LOW_HZ)),
                "This is nearer to what a microphone hears.");
        page.sound("with background", new Wave(mixed, LOW_HZ));
    }

    private void spectrogram() {
        page.section("spectrogram", "Its spectrogram");
        page.picture(
                "spectrogram",
                Spectrogram.of(found.wave()).plot("Spectrogram of " + found.example()),
                "To look at only: Onda's networks get the samples and find filters of their own.");
    }

    private void convolution() {
        Wave wave = resampled(found.wave(), filtersRateHz);
        float[] taps = ConvolutionDrawing.loudest(wave, filters);
        ConvolutionDrawing drawing = ConvolutionDrawing.atItsLoudest(wave, taps);
        page.section("convolution", "A convolution with its real numbers");
        page.text(String.format(
                Locale.ROOT,
                "A filter of the first layer of the model in the box has %d taps. It is laid over as many samples, each sample is"
                        + " multiplied by the tap it lies under, and the products are added: one output. Then it moves on.",
                taps.length));
        page.picture(
                "convolution",
                drawing.plot(),
                String.format(
                        Locale.ROOT,
                        "At %.3f s of the clip, where this filter answers loudest: %s",
                        drawing.second(),
                        drawing.sumInFigures()));
        page.picture(
                "filtered",
                Waveform.plot("The whole clip through this filter", louder(ConvolutionDrawing.output(wave, taps))),
                "Scaled to full scale. The filter was learned: nobody told it what to let through.");
        page.sound("through the filter", louder(ConvolutionDrawing.output(wave, taps)));
    }

    private static Wave louder(Wave wave) {
        float most = 1e-9f;
        for (float sample : wave.samples()) {
            most = Math.max(most, Math.abs(sample));
        }
        float[] scaled = wave.samples().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= 0.9f / most;
        }
        return new Wave(scaled, wave.sampleRateHz());
    }

    private static Wave resampled(Wave wave, int hz) {
        return new Wave(Resampler.of(wave.sampleRateHz(), hz).resample(wave.samples()), hz);
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

    private static String whole(double count) {
        return String.format(Locale.ROOT, "%,.0f", count);
    }

    private static String name(Partition partition) {
        return partition.name().toLowerCase(Locale.ROOT);
    }
}

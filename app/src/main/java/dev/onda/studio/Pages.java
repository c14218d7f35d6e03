package dev.onda.studio;

import dev.onda.corpus.Clip;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.evaluate.Examination;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import dev.onda.report.Exploration;
import dev.onda.report.ExplorePage;
import dev.onda.report.ModelReport;
import dev.onda.report.ReportPage;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.RunFiles;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;

/** The pages of {@code onda explore} and {@code onda report}, made here and shown here. */
final class Pages {

    private static final String EXPLORE = "explore";
    private static final String REPORT = "report";
    private static final String INDEX = "index.html";
    private static final Pattern FOLDER = Pattern.compile("(explore|report)-[A-Za-z0-9_-]{1,120}");

    private static final int LONGEST_NAME = 80;

    private final Path folder;
    private final Corpora corpora;
    private final Shelf shelf;
    private final Jobs jobs;
    private final Studio.Supplies supplies;
    private final int threads;

    Pages(Path folder, Corpora corpora, Shelf shelf, Jobs jobs, Studio.Supplies supplies, int threads) {
        this.folder = folder;
        this.corpora = corpora;
        this.shelf = shelf;
        this.jobs = jobs;
        this.supplies = supplies;
        this.threads = threads;
    }

    void configure(RoutesConfig routes) {
        routes.get("/studio/pages", this::list);
        routes.post("/studio/pages/explore/{corpus}", this::explore);
        routes.post("/studio/pages/report/{model}/{corpus}", this::report);
        routes.get("/pages/{page}/", this::show);
    }

    /** The pages that there are. */
    private void list(Context ctx) throws IOException {
        ArrayNode list = Answer.array();
        try (var folders = Files.list(folder)) {
            folders.filter(each -> Files.exists(each.resolve(INDEX)))
                    .map(each -> String.valueOf(each.getFileName()))
                    .filter(name -> FOLDER.matcher(name).matches())
                    .sorted()
                    .forEach(list::add);
        }
        Answer.json(ctx, list);
    }

    /** One page: a file that needs nothing beside it. */
    private void show(Context ctx) throws IOException {
        String name = ctx.pathParam("page");
        if (!FOLDER.matcher(name).matches()
                || !Files.isRegularFile(folder.resolve(name).resolve(INDEX))) {
            throw Refusal.missing("no such page");
        }
        ctx.header("Content-Security-Policy", Guard.REPORT_POLICY)
                .contentType("text/html;charset=utf-8")
                .result(Files.newInputStream(folder.resolve(name).resolve(INDEX)));
    }

    private void explore(Context ctx) throws IOException {
        String name = ctx.pathParam("corpus");
        Path data = corpora.named(name);
        if (ClipStore.isStore(data)) {
            throw Refusal.conflict("a prepared store, whose clips are padded and resampled already; choose a corpus");
        }
        Model model = shelf.named(null).model();
        String page = page(EXPLORE, name);
        jobs.start(EXPLORE, page, job -> {
            job.whenStopped(Thread.currentThread()::interrupt);
            Corpus corpus = Corpus.scan(data, new CorpusOptions(List.of(), 1, OptionalLong.empty()));
            int total = corpus.clips().size();
            Exploration found;
            try (Workers workers = new Workers(threads)) {
                found = Exploration.of(
                        corpus, Optional.empty(), workers, done -> job.reach(done, total, "reading clips"));
            }
            job.reach(total, total, "drawing the page");
            ExplorePage.write(folder.resolve(page), found, model);
        });
        ctx.status(HttpStatus.ACCEPTED);
    }

    private void report(Context ctx) throws IOException {
        ServedModel served = shelf.named(ctx.pathParam("model"));
        String name = ctx.pathParam("corpus");
        Path data = corpora.named(name);
        Partition partition = partition(ctx.queryParam("partition"));
        String page = page(REPORT, served.name(), name) + "_" + said(partition);
        jobs.start(REPORT, page, job -> report(job, served, data, partition, folder.resolve(page)));
        ctx.status(HttpStatus.ACCEPTED);
    }

    /** Whose clips judge: those that chose the epoch, unless a client says which. */
    private static Partition partition(@Nullable String asked) {
        return Stream.of(Partition.VALIDATION, Partition.TESTING)
                .filter(each -> said(each).equals(asked == null ? "validation" : asked))
                .findFirst()
                .orElseThrow(() -> Refusal.bad("\"partition\": validation or testing"));
    }

    private static String said(Partition partition) {
        return partition.name().toLowerCase(Locale.ROOT);
    }

    private void report(Jobs.Job job, ServedModel served, Path data, Partition partition, Path to) throws IOException {
        job.whenStopped(Thread.currentThread()::interrupt);
        if (ClipStore.isStore(data)) {
            try (ClipStore store = ClipStore.open(data)) {
                report(job, served, store, partition, to);
            }
            return;
        }
        Model model = served.model();
        Corpus corpus = Corpus.scan(data, new CorpusOptions(List.of(), 1, OptionalLong.empty()));
        List<Clip> judging = corpus.in(partition).stream()
                .filter(clip ->
                        model.words().contains(clip.word()) || model.words().contains(Model.UNKNOWN))
                .toList();
        if (judging.isEmpty()) {
            throw Refusal.conflict("none of these clips is of the partition " + said(partition)
                    + ", whose speakers could judge the model");
        }
        List<String> words = judging.stream().map(Clip::word).distinct().toList();
        ClipFormat format =
                new ClipFormat(model.input().sampleRateHz(), model.input().windowSamples());
        Path folder = Files.createTempDirectory("onda-report");
        try {
            Preparation.prepare(
                    new Corpus(corpus.root(), words, judging, corpus.background(), List.of()),
                    format,
                    folder,
                    new PrepareOptions(threads, false),
                    (done, total) -> job.reach(done, total, "reading clips"));
            try (ClipStore store = ClipStore.open(folder)) {
                report(job, served, store, partition, to);
            }
        } finally {
            ClipStore.delete(folder);
        }
    }

    private void report(Jobs.Job job, ServedModel served, ClipStore store, Partition partition, Path to)
            throws IOException {
        Model model = served.model();
        int hz = model.input().sampleRateHz();
        if (!store.format().equals(new ClipFormat(hz, model.input().windowSamples()))) {
            throw Refusal.conflict(
                    "these clips are prepared at " + store.format().sampleRateHz() + " Hz, the model hears " + hz
                            + "; choose the corpus that they were prepared from");
        }
        LabelledClips clips = LabelledClips.of(store, model.words(), partition);
        if (clips.size() == 0) {
            throw Refusal.conflict(
                    "none of these clips is of a word that the model knows, by a speaker who could judge it");
        }
        long total = Examination.clips(clips, model);
        Examination examination;
        try (Workers workers = new Workers(threads)) {
            examination = Examination.of(clips, model, workers, done -> job.reach(done, total, "judging clips"));
        }
        job.reach(total, total, "drawing the page");
        boolean isBox = served.name().equals(Shelf.BOX);
        RunFiles files = new RunFiles(shelf.file(served.name()));
        ReportPage.write(
                to,
                new ModelReport(
                        isBox ? "The model in the box" : served.name(),
                        model,
                        isBox ? supplies.boxBytes() : Files.size(files.model()),
                        isBox ? supplies.boxHistory() : history(files),
                        said(partition),
                        store.leftOut(),
                        examination,
                        new ModelReport.Sounds(store)));
    }

    private static List<Epoch> history(RunFiles files) throws IOException {
        return Files.exists(files.history()) ? History.read(files.history()) : List.of();
    }

    /** A name of letters that every system and address takes; where others had to go, their hash tells names apart. */
    private static String page(String kind, String... names) {
        String plain = Stream.of(names)
                .map(name -> name.replaceAll("[^A-Za-z0-9-]", "-"))
                .collect(Collectors.joining("_"));
        String whole = String.join("_", names);
        if (plain.equals(whole) && plain.length() <= LONGEST_NAME) {
            return kind + "-" + plain;
        }
        return kind + "-" + plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + "-"
                + Integer.toHexString(whole.hashCode());
    }
}

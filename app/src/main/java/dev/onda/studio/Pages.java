package dev.onda.studio;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import dev.onda.report.Exploration;
import dev.onda.report.ExplorePage;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ArrayNode;

/** The pages of {@code onda explore} and {@code onda report}, made here and shown here. */
final class Pages {

    private static final String EXPLORE = "explore";
    private static final String INDEX = "index.html";
    private static final Pattern FOLDER = Pattern.compile("(explore|report)-[A-Za-z0-9-]{1,100}");

    private final Path folder;
    private final Corpora corpora;
    private final Shelf shelf;
    private final Jobs jobs;
    private final int threads;

    Pages(Path folder, Corpora corpora, Shelf shelf, Jobs jobs, int threads) {
        this.folder = folder;
        this.corpora = corpora;
        this.shelf = shelf;
        this.jobs = jobs;
        this.threads = threads;
    }

    void configure(RoutesConfig routes) {
        routes.get("/studio/pages", this::list);
        routes.post("/studio/pages/explore/{corpus}", this::explore);
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
        Path file = folder.resolve(name).resolve(INDEX);
        if (!FOLDER.matcher(name).matches() || !Files.isRegularFile(file)) {
            throw Refusal.missing("no such page");
        }
        ctx.header("Content-Security-Policy", Guard.REPORT_POLICY)
                .contentType("text/html;charset=utf-8")
                .result(Files.newInputStream(file));
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

    private static String page(String kind, String name) {
        return kind + "-" + name.replaceAll("[^A-Za-z0-9-]", "-");
    }
}

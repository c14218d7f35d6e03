package dev.onda.cli;

import dev.onda.corpus.Corpus;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import dev.onda.report.Exploration;
import dev.onda.report.ExplorePage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda explore}: a corpus as a page to look at and to listen to. */
@Command(
        name = "explore",
        description = {
            "Makes a page of a corpus, to look at and to listen to: clips and speakers of each word, lengths, levels, a clip of "
                    + "each word, and one clip taken apart.",
            "DIR/index.html needs nothing beside it; its pictures are there as PNG files, too."
        },
        sortOptions = false)
final class ExploreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Corpus: one folder of clips a word.")
    private Path data;

    @Mixin
    private ExcludeOption exclude = new ExcludeOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder to write, made if need be.")
    private Path out;

    @Option(
            names = "--clip",
            paramLabel = "FILE",
            description = "The clip to take apart. Default: a rather loud one of the corpus.")
    private Optional<Path> clip = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        OutputFile.checkFolder("--out", out);
        UserError.ifRefused(() -> new PrepareOptions(threads, false));
        DataFolder.refuseStore(data);
        exclude.check(data);
        if (clip.isPresent() && !Files.isRegularFile(clip.get())) {
            throw new UserError("--clip " + clip.get() + ": no such file");
        }
        Corpus corpus = exclude.from(DataFolder.scan(data, List.of(), 1, err), err);
        Model model = BoxedModel.orFile(Optional.empty());
        Exploration found;
        try (Workers workers = new Workers(threads);
                Progress progress =
                        Progress.of(new Task("reading", corpus.clips().size(), Task.Unit.CLIPS))) {
            found = Exploration.of(corpus, clip, workers, progress::reach);
        }
        if (!found.unreadable().isEmpty()) {
            err.println("onda: warning: " + found.unreadable().size() + " of "
                    + corpus.clips().size() + " clips could not be read; the page says which and why");
        }
        err.println("drawing the page");
        ExplorePage.write(out, found, model);
        spec.commandLine().getOut().printf("%s: open it in a browser%n", out.resolve("index.html"));
        return Main.DONE;
    }
}

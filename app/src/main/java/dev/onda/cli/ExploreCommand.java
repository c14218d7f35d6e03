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
import java.util.function.Supplier;

/** {@code onda explore}: a corpus as a page to look at and to listen to. */
final class ExploreCommand extends Command {

    private final Supplier<Path> data = corpus();

    private final ExcludeOption exclude = new ExcludeOption(this);

    private final Supplier<Path> out = required(Path.class, "--out", "DIR", "Folder to write, made if need be.");

    private final Supplier<Optional<Path>> clip =
            optional(Path.class, "--clip", "FILE", "The clip to take apart. Default: a rather loud one of the corpus.");

    private final Supplier<Integer> threads = threads("Threads.");

    ExploreCommand() {
        super(
                "explore",
                "Makes a page of a corpus, to look at and to listen to: clips and speakers of each word, lengths, levels, a clip of "
                        + "each word, and one clip taken apart.",
                "DIR/index.html needs nothing beside it; its pictures are there as PNG files, too.");
    }

    @Override
    int call() throws IOException {
        PrintWriter err = stderr();
        OutputFile.checkFolder("--out", out.get());
        UserError.ifRefused(() -> new PrepareOptions(threads.get(), false));
        DataFolder.refuseStore(data.get());
        exclude.check(data.get());
        if (clip.get().isPresent() && !Files.isRegularFile(clip.get().orElseThrow())) {
            throw new UserError("--clip " + clip.get().orElseThrow() + ": no such file");
        }
        Corpus corpus = exclude.from(DataFolder.scan(data.get(), List.of(), 1, err), err);
        Model model = BoxedModel.orFile(Optional.empty());
        Exploration found;
        try (Workers workers = new Workers(threads.get());
                Progress progress =
                        Progress.of(new Task("reading", corpus.clips().size(), Task.Unit.CLIPS))) {
            found = Exploration.of(corpus, clip.get(), workers, progress::reach);
        }
        if (!found.unreadable().isEmpty()) {
            err.println("onda: warning: " + found.unreadable().size() + " of "
                    + corpus.clips().size() + " clips could not be read; the page says which and why");
        }
        err.println("drawing the page");
        ExplorePage.write(out.get(), found, model);
        stdout().printf("%s: open it in a browser%n", out.get().resolve("index.html"));
        return Main.DONE;
    }
}

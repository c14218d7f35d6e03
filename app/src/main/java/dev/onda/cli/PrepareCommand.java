package dev.onda.cli;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** {@code onda prepare}: decodes, resamples and pads a corpus once. */
final class PrepareCommand extends Command {

    private final Supplier<Path> data = corpus();

    private final Supplier<Path> out = required(Path.class, "--out", "STORE", "Folder to write.");

    private final Supplier<Integer> rate = option(
            int.class,
            "--rate",
            "HZ",
            8_000,
            "Sample rate of the store; a window is one second. Default: ${DEFAULT-VALUE}.");

    private final Supplier<List<String>> words = list(String.class, "--words", "A,B,C", "Only these words.");

    private final ExcludeOption exclude = new ExcludeOption(this);

    private final Supplier<Integer> threads = threads("Clips decoded at once.");

    private final Supplier<Boolean> strict = flag("--strict", "Stop at the first bad clip instead of skipping it.");

    PrepareCommand() {
        super(
                "prepare",
                "Decodes, resamples and pads a corpus once, for many trainings: clips.npy (int16) and clips.csv.");
    }

    @Override
    int call() throws IOException {
        PrintWriter err = stderr();
        ClipFormat format = UserError.ifRefused(() -> new ClipFormat(rate.get(), rate.get()));
        if (Files.exists(out.get())
                && Files.exists(data.get())
                && out.get().toRealPath().startsWith(data.get().toRealPath())) {
            throw new UserError("--out " + out.get() + ": in the corpus itself; name a folder outside of it");
        }
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads.get(), strict.get()));
        exclude.check(data.get());
        Corpus corpus = exclude.from(
                DataFolder.scan(
                        data.get(), words.get().stream().map(String::strip).toList(), err),
                err);
        Preparation.Report report = DataFolder.prepare(corpus, format, out.get(), options, err);
        stdout().printf(
                        "%s: %s of %s at %,d Hz%n",
                        out.get(),
                        Counted.of(report.stored(), "clip"),
                        Counted.of(corpus.words().size(), "word"),
                        rate.get());
        return Main.DONE;
    }
}

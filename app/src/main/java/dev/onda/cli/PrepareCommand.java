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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda prepare}: decodes, resamples and pads a corpus once. */
@Command(
        name = "prepare",
        description = "Decodes, resamples and pads a corpus once, for many trainings: clips.npy (int16) and clips.csv.",
        showDefaultValues = true,
        sortOptions = false)
final class PrepareCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--data", required = true, paramLabel = "DIR", description = "Corpus: one folder of clips a word.")
    private Path data;

    @Option(names = "--out", required = true, paramLabel = "STORE", description = "Folder to write.")
    private Path out;

    @Option(names = "--rate", paramLabel = "HZ", description = "Sample rate of the store; a window is one second.")
    private int rate = 8_000;

    @Option(names = "--words", split = ",", paramLabel = "A,B,C", description = "Only these words.")
    private List<String> words = List.of();

    @Mixin
    private ExcludeOption exclude = new ExcludeOption();

    @Option(names = "--threads", paramLabel = "N", description = "Clips decoded at once.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--strict", description = "Stop at the first bad clip instead of skipping it.")
    private boolean strict;

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        ClipFormat format = UserError.ifRefused(() -> new ClipFormat(rate, rate));
        if (Files.exists(out) && Files.exists(data) && out.toRealPath().startsWith(data.toRealPath())) {
            throw new UserError("--out " + out + ": in the corpus itself; name a folder outside of it");
        }
        PrepareOptions options = UserError.ifRefused(() -> new PrepareOptions(threads, strict));
        exclude.check(data);
        Corpus corpus = exclude.from(
                DataFolder.scan(data, words.stream().map(String::strip).toList(), err), err);
        Preparation.Report report = DataFolder.prepare(corpus, format, out, options, err);
        spec.commandLine()
                .getOut()
                .printf(
                        "%s: %s of %s at %,d Hz%n",
                        out,
                        Counted.of(report.stored(), "clip"),
                        Counted.of(corpus.words().size(), "word"),
                        rate);
        return Main.DONE;
    }
}

package dev.onda.cli;

import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of the commands that judge a model: which one, by which clips, with how many threads. */
final class JudgingOptions {

    @Option(names = "--model", paramLabel = "FILE", description = "Model file. Default: the one in the box.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Corpus (one folder of clips a word), or a store made by onda prepare.")
    private Path data;

    @Mixin
    private ExcludeOption exclude = new ExcludeOption();

    @Option(
            names = "--partition",
            paramLabel = "PART",
            description = "training, validation, testing or all. Default: ${DEFAULT-VALUE}.")
    private Part part = Part.VALIDATION;

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    /** The model file; nothing for the one in the box. */
    Optional<Path> model() {
        return model;
    }

    Path data() {
        return data;
    }

    Part part() {
        return part;
    }

    int threads() {
        return threads;
    }

    /** What is not to judge. */
    ExcludeOption exclude() {
        return exclude;
    }

    /** Opens the clips that are to judge the model, uses them, closes them. */
    int use(Model loaded, PrintWriter err, JudgingClips.Use use) throws IOException {
        exclude.check(data);
        VectorModule.warnIfMissing(err);
        return JudgingClips.use(this, loaded, err, use);
    }

    /** How the clips are prepared. */
    PrepareOptions preparing() {
        return UserError.ifRefused(() -> new PrepareOptions(threads, false));
    }
}

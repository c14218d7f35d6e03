package dev.onda.cli;

import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Model;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** Options of the commands that judge a model: which one, by which clips, with how many threads. */
final class JudgingOptions {

    private final Supplier<Optional<Path>> model;

    private final Supplier<Path> data;

    private final ExcludeOption exclude;

    private final Supplier<Part> part;

    private final Supplier<Integer> threads;

    JudgingOptions(Command command) {
        model = command.modelFile();
        data = command.corpusOrStore();
        exclude = new ExcludeOption(command);
        part = command.option(
                Part.class,
                "--partition",
                "PART",
                Part.VALIDATION,
                "training, validation, testing or all. Default: ${DEFAULT-VALUE}.");
        threads = command.threads("Threads.");
    }

    /** The model file; nothing for the one in the box. */
    Optional<Path> model() {
        return model.get();
    }

    Path data() {
        return data.get();
    }

    Part part() {
        return part.get();
    }

    int threads() {
        return threads.get();
    }

    /** What is not to judge. */
    ExcludeOption exclude() {
        return exclude;
    }

    /** Opens the clips that are to judge the model, uses them, closes them. */
    int use(Model loaded, PrintWriter err, JudgingClips.Use use) throws IOException {
        exclude.check(data.get());
        VectorModule.warnIfMissing(err);
        return JudgingClips.use(this, loaded, err, use);
    }

    /** How the clips are prepared. */
    PrepareOptions preparing() {
        return UserError.ifRefused(() -> new PrepareOptions(threads.get(), false));
    }
}

package dev.onda.cli;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.PrepareOptions;
import dev.onda.evaluate.StreamHearing;
import dev.onda.evaluate.StreamMaterial;
import dev.onda.evaluate.TestStream;
import dev.onda.evaluate.TestStreamPlan;
import dev.onda.model.Model;
import dev.onda.recognize.StreamModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Options of the commands that listen to a test stream: which model, and what the stream is made of. */
final class StreamOptions {

    private final Supplier<Optional<Path>> model;

    private final Supplier<Path> data;

    private final Supplier<Part> part;

    private final Supplier<Double> minutes;

    private final Supplier<Double> snrDb;

    private final Supplier<Long> seed;

    StreamOptions(Command command) {
        model = command.modelFile();
        data = command.required(
                Path.class,
                "--data",
                "DIR",
                "Corpus (one folder of clips a word), or a store made by onda prepare. Words that the model does "
                        + "not know are the stream's other speech.");
        part = command.option(
                Part.class,
                "--partition",
                "PART",
                Part.VALIDATION,
                "Whose clips and background: training, validation, testing or all. Default: ${DEFAULT-VALUE}.");
        minutes = command.option(
                double.class, "--minutes", "M", 60.0, "Length of the stream, 0.1 to 1,440. Default: ${DEFAULT-VALUE}.");
        snrDb = command.option(
                double.class,
                "--snr",
                "DB",
                10.0,
                "How far the background lies below the clips, in decibels. Default: ${DEFAULT-VALUE}.");
        seed = command.option(
                long.class,
                "--seed",
                "N",
                1L,
                "Of the clips' order, the gaps and the background. Default: ${DEFAULT-VALUE}.");
    }

    /** What is done with what streams are made of. */
    @FunctionalInterface
    interface Use {
        int with(StreamMaterial material) throws IOException;
    }

    /** The model file; nothing for the one in the box. */
    Optional<Path> model() {
        return model.get();
    }

    Part part() {
        return part.get();
    }

    /** What the stream is to be like. */
    TestStreamPlan plan() {
        return UserError.ifRefused(() -> new TestStreamPlan(minutes.get(), snrDb.get(), seed.get()));
    }

    /** Opens the clips, uses them, closes them. */
    int use(Model loaded, PrintWriter err, Use use) throws IOException {
        ClipFormat format =
                new ClipFormat(loaded.input().sampleRateHz(), loaded.input().windowSamples());
        if (ClipStore.isStore(data.get())) {
            try (ClipStore store = DataFolder.openStore(data.get(), format)) {
                return use.with(material(store, loaded));
            }
        }
        Corpus corpus = DataFolder.scan(data.get(), List.of(), 1, err);
        Corpus wanted = DataFolder.only(corpus, clip -> part.get().has(clip.partition()));
        if (wanted.clips().stream().noneMatch(clip -> loaded.words().contains(clip.word()))) {
            throw nothing(loaded);
        }
        PrepareOptions options = new PrepareOptions(Runtime.getRuntime().availableProcessors(), false);
        try (TemporaryFolder folder = new TemporaryFolder()) {
            DataFolder.prepare(wanted, format, folder.path(), options, err);
            try (ClipStore store = ClipStore.open(folder.path())) {
                return use.with(material(store, loaded));
            }
        }
    }

    private StreamMaterial material(ClipStore store, Model loaded) {
        StreamMaterial material = StreamMaterial.of(
                store,
                loaded.words(),
                part.get().background(),
                clip -> part.get().has(clip.partition()));
        if (material.words().length == 0) {
            throw nothing(loaded);
        }
        return material;
    }

    private UserError nothing(Model loaded) {
        return new UserError(data.get() + ": no clip of the model's words in the partition " + part.get()
                + " (the words: " + String.join(", ", loaded.words()) + "); choose another --partition or --data");
    }

    /** Listens to a stream with a display of how far it is. */
    static StreamHearing hear(StreamModel model, TestStream stream) {
        try (Progress progress = Progress.of(new Task("listening", (long) stream.seconds(), Task.Unit.SECONDS))) {
            return StreamHearing.of(model, stream, seconds -> progress.reach((long) seconds));
        }
    }
}

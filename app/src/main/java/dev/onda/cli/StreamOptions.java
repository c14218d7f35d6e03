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
import picocli.CommandLine.Option;

/** Options of the commands that listen to a test stream: which model, and what the stream is made of. */
final class StreamOptions {

    @Option(names = "--model", paramLabel = "FILE", description = "Model file. Default: the one in the box.")
    private Optional<Path> model = Optional.empty();

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description =
                    "Corpus (one folder of clips a word), or a store made by onda prepare. Words that the model does "
                            + "not know are the stream's other speech.")
    private Path data;

    @Option(
            names = "--partition",
            paramLabel = "PART",
            description =
                    "Whose clips and background: training, validation, testing or all. Default: ${DEFAULT-VALUE}.")
    private Part part = Part.VALIDATION;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            description = "Length of the stream, 0.1 to 1,440. Default: ${DEFAULT-VALUE}.")
    private double minutes = 60;

    @Option(
            names = "--snr",
            paramLabel = "DB",
            description = "How far the background lies below the clips, in decibels. Default: ${DEFAULT-VALUE}.")
    private double snrDb = 10;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the clips' order, the gaps and the background. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    /** What is done with what streams are made of. */
    @FunctionalInterface
    interface Use {
        int with(StreamMaterial material) throws IOException;
    }

    /** The model file; nothing for the one in the box. */
    Optional<Path> model() {
        return model;
    }

    Part part() {
        return part;
    }

    /** What the stream is to be like. */
    TestStreamPlan plan() {
        return UserError.ifRefused(() -> new TestStreamPlan(minutes, snrDb, seed));
    }

    /** Opens the clips, uses them, closes them. */
    int use(Model loaded, PrintWriter err, Use use) throws IOException {
        ClipFormat format =
                new ClipFormat(loaded.input().sampleRateHz(), loaded.input().windowSamples());
        if (ClipStore.isStore(data)) {
            try (ClipStore store = DataFolder.openStore(data, format)) {
                return use.with(material(store, loaded));
            }
        }
        Corpus corpus = DataFolder.scan(data, List.of(), 1, err);
        Corpus wanted = DataFolder.only(corpus, clip -> part.has(clip.partition()));
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
        StreamMaterial material =
                StreamMaterial.of(store, loaded.words(), part.background(), clip -> part.has(clip.partition()));
        if (material.words().length == 0) {
            throw nothing(loaded);
        }
        return material;
    }

    private UserError nothing(Model loaded) {
        return new UserError(data + ": no clip of the model's words in the partition " + part + " (the words: "
                + String.join(", ", loaded.words()) + "); choose another --partition or --data");
    }

    /** Listens to a stream with a display of how far it is. */
    static StreamHearing hear(StreamModel model, TestStream stream) {
        try (Progress progress = Progress.of(new Task("listening", (long) stream.seconds(), Task.Unit.SECONDS))) {
            return StreamHearing.of(model, stream, seconds -> progress.reach((long) seconds));
        }
    }
}

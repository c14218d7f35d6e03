package dev.onda.train;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.Partition;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Architecture;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import dev.onda.nn.Padding;
import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Words that are tones in noise, a quarter of a second at 1 kHz, and a network of a few hundred numbers. */
final class TinyTraining {
    static final int RATE_HZ = 1_000;
    static final int WINDOW = 250;
    static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
    static final TrainingListener SILENT = new TrainingListener() {
        @Override
        public void stepped(int epoch, long clips, double loss, double accuracy) {}

        @Override
        public void epochEnded(Epoch epoch) {}
    };
    static final Architecture ARCHITECTURE =
            new Architecture("tiny", "a test", "default", RATE_HZ, Initialization.FAN_IN_UNIFORM, TinyTraining::layers);
    static final Recipe RECIPE = RecipeFile.overlay(RecipeFile.defaults(ARCHITECTURE), """
            epochs = 3
            batch = 10
            learning-rate = 1e-2
            gradient-norm = 1
            weight-averaging = 0.9
            class-weights = "balanced"
            augmentations = [
              { type = "time-shift", probability = 1, max-ms = 20 },
              { type = "gain", probability = 0.5, min-db = -6, max-db = 6 },
              { type = "noise-injection", probability = 0.5, amplitude = 0.02 },
            ]
            mixings = [{ type = "mixup", probability = 0.2, alpha = 0.3 }, { type = "time-cut", probability = 0.2 }]
            seed = 7
            """);

    private TinyTraining() {}

    private static List<Layer> layers(int words) {
        return List.of(
                new Layer.Conv1d("c1", 6, 16, 2, 1, 1, Padding.VALID),
                new Layer.BatchNorm("b1", 1e-3, 0.9),
                new Layer.Activation(Activation.RELU),
                new Layer.MaxPool(4),
                new Layer.SpatialDropout(0.1),
                Layer.Conv1d.of("c2", 8, 3, Padding.SAME),
                new Layer.Activation(Activation.TANH),
                new Layer.GlobalAveragePool(),
                new Layer.Dropout(0.1),
                new Layer.Dense("out", words));
    }

    /** Adds two clips of a word by each of so many speakers, all of whom are in the partition. */
    static void addClips(Path corpus, String word, Partition partition, int speakers) throws IOException {
        Path folder = Files.createDirectories(corpus.resolve(word));
        int found = 0;
        for (int candidate = 1; found < speakers; candidate++) {
            String speaker = String.format("%08x", candidate * 0x9e3779b9);
            if (Partition.ofFileName(speaker + "_nohash_0.wav") == partition) {
                found++;
                for (int take = 0; take < 2; take++) {
                    WavWriter.write(
                            folder.resolve(speaker + "_nohash_" + take + ".wav"), tone(word, 2L * candidate + take));
                }
            }
        }
    }

    /** 18 training, 8 validation and 4 testing clips of each word. */
    static Path corpus(Path folder, String... words) throws IOException {
        for (String word : words) {
            addClips(folder, word, Partition.TRAINING, 9);
            addClips(folder, word, Partition.VALIDATION, 4);
            addClips(folder, word, Partition.TESTING, 2);
        }
        return folder;
    }

    private static Wave tone(String word, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double hertz = 40 + 60 * (word.charAt(0) - 'a');
        double phase = random.nextDouble(2 * Math.PI);
        float[] x = new float[WINDOW - random.nextInt(20)];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) (0.3 * Math.sin(phase + 2 * Math.PI * hertz * i / RATE_HZ) + 0.05 * random.nextGaussian());
        }
        return new Wave(x, RATE_HZ);
    }

    static ClipStore store(Path corpus, Path folder) throws IOException {
        Preparation.prepare(
                Corpus.scan(corpus, CorpusOptions.defaults()),
                new ClipFormat(RATE_HZ, WINDOW),
                folder,
                new PrepareOptions(1, false),
                (done, total) -> {});
        return ClipStore.open(folder);
    }

    static TrainingTask task(ClipStore store, Recipe recipe) {
        return new TrainingTask(store, ARCHITECTURE, store.words(), recipe, "onda test");
    }

    /** Trains without a stop. */
    static Model train(TrainingTask task, Path checkpoint) throws IOException, TrainingStopped {
        try (Workers workers = new Workers(1)) {
            return new Trainer(task, checkpoint, workers, CLOCK).train(SILENT);
        }
    }

    /**
     * Trains in runs of their own: each but the last is stopped after so many steps of its own.
     *
     * @return the bytes of the model's file
     */
    static byte[] train(TrainingTask task, Path folder, int threads, int... stops) throws IOException {
        Path checkpoint = folder.resolve("checkpoint");
        Files.deleteIfExists(checkpoint);
        List<Integer> limits = new ArrayList<>();
        for (int stop : stops) {
            limits.add(stop);
        }
        limits.add(Integer.MAX_VALUE);
        try (Workers workers = new Workers(threads)) {
            for (int limit : limits) {
                Trainer trainer = new Trainer(task, checkpoint, workers, CLOCK);
                if (trainer.resume() != Files.exists(checkpoint)) {
                    throw new AssertionError("a checkpoint was overlooked");
                }
                try {
                    Path file = folder.resolve("model");
                    ModelFile.write(file, trainer.train(new Stopper(trainer, limit)));
                    return Files.readAllBytes(file);
                } catch (TrainingStopped e) {
                    // The next run goes on.
                }
            }
        }
        throw new AssertionError("the last run was stopped");
    }

    static TrainingListener stopper(Trainer trainer, int steps) {
        return new Stopper(trainer, steps);
    }

    /** Stops a trainer after so many steps. */
    private static final class Stopper implements TrainingListener {
        private final Trainer trainer;
        private int left;

        Stopper(Trainer trainer, int steps) {
            this.trainer = trainer;
            this.left = steps;
        }

        @Override
        public void stepped(int epoch, long clips, double loss, double accuracy) {
            left--;
            if (left == 0) {
                trainer.stop();
            }
        }

        @Override
        public void epochEnded(Epoch epoch) {}
    }
}

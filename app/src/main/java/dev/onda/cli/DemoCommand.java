package dev.onda.cli;

import dev.onda.audio.AudioFile;
import dev.onda.corpus.Clip;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.corpus.PrepareOptions;
import dev.onda.evaluate.Evaluation;
import dev.onda.evaluate.Evaluator;
import dev.onda.model.Architecture;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.nn.kernel.Workers;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import dev.onda.report.HistoryPlot;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import dev.onda.train.RunFiles;
import dev.onda.train.Trainer;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code onda demo}: the main job from clips to words, on the corpus in the box. */
final class DemoCommand extends Command {

    private static final int EPOCHS = 30;

    private final Supplier<Path> out = option(
            Path.class,
            "--out",
            "DIR",
            Path.of("onda-demo"),
            "Folder for the clips, the model and the picture; an earlier demo in it is replaced. Default: "
                    + "${DEFAULT-VALUE}.");

    DemoCommand() {
        super(
                "demo",
                "The whole of it in about half a minute: trains a recogniser on a small corpus of synthetic voices that Onda "
                        + "brings along, judges it on voices it has never heard, draws its training, names the words in a few "
                        + "clips.");
    }

    @Override
    int call() throws IOException {
        PrintWriter stdout = stdout();
        PrintWriter err = stderr();
        VectorModule.warnIfMissing(err);
        Files.createDirectories(out.get());
        RunFiles files = new RunFiles(out.get().resolve("demo.safetensors"));
        Files.deleteIfExists(files.checkpoint());
        Files.deleteIfExists(files.model());
        Path clips = DemoCorpus.unpackTo(out.get().resolve("corpus"));
        Corpus corpus = DataFolder.scan(clips, List.of(), err);
        stdout.printf(
                "1. the corpus in the box: %,d clips of %d words by %d synthetic voices (%d to learn from, %d to choose "
                        + "by, %d to judge by), in %s%n",
                corpus.clips().size(),
                corpus.words().size(),
                voices(corpus.clips()),
                voices(corpus.in(Partition.TRAINING)),
                voices(corpus.in(Partition.VALIDATION)),
                voices(corpus.in(Partition.TESTING)),
                clips);
        Architecture architecture = Architecture.named("m5").orElseThrow();
        int hz = architecture.sampleRateHz();
        int threads = Runtime.getRuntime().availableProcessors();
        DataFolder.prepare(corpus, new ClipFormat(hz, hz), files.clips(), new PrepareOptions(threads, true), err);
        try (ClipStore store = ClipStore.open(files.clips());
                Workers workers = new Workers(threads)) {
            Recipe recipe = RecipeFile.defaults(architecture).withEpochs(EPOCHS);
            TrainingTask task = new TrainingTask(store, architecture, store.words(), recipe, Version.software());
            Trainer trainer = new Trainer(task, files.checkpoint(), workers, InstantSource.system());
            stdout.printf("2. training %s for %d epochs on %d threads%n", architecture.name(), EPOCHS, threads);
            Model model =
                    TrainingRun.run(trainer, new Training(task, clips, files), new ViewOptions(), stdout::println);
            ModelFile.write(files.model(), model);
            Files.deleteIfExists(files.checkpoint());
            Path picture = out.get().resolve("training.png");
            HistoryPlot.write(picture, "demo", trainer.history());
            stdout.printf("   model: %s; its training as a picture: %s%n", files.model(), picture);
            judge(model, store, workers, stdout);
        } catch (TrainingStopped e) {
            return Main.DONE;
        } finally {
            ClipStore.delete(files.clips());
        }
        name(corpus, files, stdout);
        return Main.DONE;
    }

    private static long voices(List<Clip> clips) {
        return clips.stream().map(Clip::speaker).distinct().count();
    }

    private static void judge(Model model, ClipStore store, Workers workers, PrintWriter stdout) {
        LabelledClips testing = LabelledClips.of(store, model.words(), Partition.TESTING);
        Evaluator evaluator = new Evaluator(model.network(), model.input().normalization(), 32, workers);
        Evaluation judged = evaluator.evaluate(testing, model.words(), done -> {});
        stdout.printf(
                "3. testing on voices never heard: %d of %d clips right: accuracy %s%n",
                judged.correct(), judged.clips(), Figures.accuracy(judged.accuracy(), judged.interval()));
    }

    /** The first clip of each word that a testing voice spoke. */
    private static void name(Corpus corpus, RunFiles files, PrintWriter stdout) throws IOException {
        stdout.println("4. naming the words in a few of these clips:");
        Recognizer recognizer = Recognizer.load(files.model());
        for (String word : corpus.words()) {
            Path clip = corpus.in(Partition.TESTING).stream()
                    .filter(c -> c.word().equals(word))
                    .findFirst()
                    .orElseThrow()
                    .path();
            Recognition heard = recognizer.recognize(AudioFile.read(clip));
            stdout.printf(Locale.ROOT, "   %s\t%s\t%.3f%n", clip, heard.word(), heard.score());
        }
        stdout.printf(
                "next: %1$s recognize --model %2$s CLIP..., or train on clips of your own: %1$s train --help%n",
                CalledAs.text(), files.model());
    }
}

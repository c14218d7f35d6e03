package dev.onda.studio;

import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.evaluate.Evaluation;
import dev.onda.file.AtomicFile;
import dev.onda.model.Architecture;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.model.Provenance;
import dev.onda.nn.kernel.Workers;
import dev.onda.train.Epoch;
import dev.onda.train.History;
import dev.onda.train.Judging;
import dev.onda.train.Recipe;
import dev.onda.train.RecipeFile;
import dev.onda.train.RunFiles;
import dev.onda.train.Trainer;
import dev.onda.train.TrainingListener;
import dev.onda.train.TrainingStopped;
import dev.onda.train.TrainingTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Trainings, each in a folder of its own. What is trained is kept in {@code run.json}, so that a training that was stopped, by
 * whatever, goes on with the same settings; its model goes to the shelf.
 *
 * <p>Events: {@code epoch} after each epoch, {@code confusion} with what the network answered on the validation clips.
 */
final class Runs {

    static final String KIND = "train";

    private static final Logger LOG = LoggerFactory.getLogger(Runs.class);
    private static final InstantSource CLOCK = InstantSource.system();

    private final Path folder;
    private final Corpora corpora;
    private final Shelf shelf;
    private final Jobs jobs;
    private final Events events;
    private final String software;
    private final int threads;
    /** By how many validation clips each training of this process is judged. */
    private final Map<String, Integer> judges = new ConcurrentHashMap<>();

    Runs(Path folder, Corpora corpora, Shelf shelf, Jobs jobs, Events events, String software, int threads) {
        this.folder = folder;
        this.corpora = corpora;
        this.shelf = shelf;
        this.jobs = jobs;
        this.events = events;
        this.software = software;
        this.threads = threads;
    }

    /** The trainings there are, in alphabetical order. */
    private List<RunFolder> all() throws IOException {
        try (var folders = Files.list(folder)) {
            return folders.filter(each -> Files.exists(new RunFolder(each).description()))
                    .sorted()
                    .map(RunFolder::new)
                    .toList();
        }
    }

    private RunFolder named(String name) {
        RunFolder run = new RunFolder(folder.resolve(Name.check(name)));
        if (!Files.exists(run.description())) {
            throw Refusal.missing("no training \"" + name + "\"");
        }
        return run;
    }

    /** All trainings as clients see them: settings, state, epochs. */
    ArrayNode list() throws IOException {
        ArrayNode list = Answer.array();
        for (RunFolder run : all()) {
            try {
                list.add(describe(run));
            } catch (IOException e) {
                LOG.warn("training {} is left out: {}", run.name(), e.getMessage());
            }
        }
        return list;
    }

    private ObjectNode describe(RunFolder run) throws IOException {
        RunSettings settings = RunSettings.read(run.description());
        ObjectNode node = settings.json().put("name", run.name()).put("state", state(run));
        ArrayNode epochs = node.putArray("history");
        if (Files.exists(run.files().history())) {
            History.read(run.files().history()).forEach(epoch -> epochs.add(json(epoch)));
        }
        try {
            if (Files.exists(run.confusion())) {
                node.set("confusion", JsonMapper.shared().readTree(Files.readAllBytes(run.confusion())));
            }
            if (state(run).equals("done") && shelf.has(run.name())) {
                result(shelf.named(run.name()).model().provenance().figures())
                        .ifPresent(result -> node.set("model", result));
            }
            judges(run).ifPresent(clips -> {
                node.put("validationClips", clips);
                Judging.caution(clips).ifPresent(text -> node.put("caution", text));
            });
        } catch (IOException | JacksonException | NumberFormatException e) {
            LOG.warn("training {} is shown without its end: {}", run.name(), e.getMessage());
        }
        return node;
    }

    /** Which epochs became the training's model, and how good it is; nothing if the name is another model's by now. */
    private static Optional<ObjectNode> result(Map<String, String> figures) {
        String best = figures.get("bestEpoch");
        String accuracy = figures.get("validationAccuracy");
        if (best == null || accuracy == null) {
            return Optional.empty();
        }
        return Optional.of(Answer.object()
                .put("validationAccuracy", Double.parseDouble(accuracy))
                .put("bestEpoch", Integer.parseInt(best))
                .put("averagedEpochs", Integer.parseInt(figures.getOrDefault("averagedEpochs", "1"))));
    }

    /** By how many clips a training is judged, where that is known: its model knows it, too. */
    private Optional<Integer> judges(RunFolder run) throws IOException {
        Integer clips = judges.get(run.name());
        if (clips != null || !state(run).equals("done") || !shelf.has(run.name())) {
            return Optional.ofNullable(clips);
        }
        Provenance trained = shelf.named(run.name()).model().provenance();
        return Optional.ofNullable(trained.figures().get("validationClips")).map(Integer::valueOf);
    }

    private String state(RunFolder run) {
        if (jobs.isRunning(KIND, run.name())) {
            return "running";
        }
        if (Files.exists(run.files().checkpoint())) {
            return "stopped";
        }
        return Files.exists(run.files().history()) ? "done" : "stopped";
    }

    /**
     * Begins a training.
     *
     * @throws Refusal if it cannot be
     */
    void begin(String name, RunSettings settings) throws IOException {
        Architecture architecture = settings.checkedArchitecture();
        corpora.named(settings.corpus());
        RunFolder run = new RunFolder(folder.resolve(Name.check(name)));
        if (Files.exists(run.description()) || shelf.has(name)) {
            throw Refusal.conflict("\"" + name + "\" is there already; choose another name, or delete it");
        }
        jobs.start(KIND, name, job -> {
            Files.createDirectories(run.folder());
            settings.write(run.description());
            try {
                train(job, run, settings, architecture);
            } finally {
                forgetIfNothingCame(run);
            }
        });
    }

    /** A training that failed before its first checkpoint has nothing to go on with. */
    private static void forgetIfNothingCame(RunFolder run) throws IOException {
        if (!Files.exists(run.files().checkpoint()) && !Files.exists(run.files().history())) {
            run.delete();
        }
    }

    /** Goes on with one that was stopped. */
    void resume(String name) throws IOException {
        RunFolder run = named(name);
        if (state(run).equals("done")) {
            throw Refusal.conflict("this training is finished");
        }
        RunSettings settings = RunSettings.read(run.description());
        Architecture architecture = settings.checkedArchitecture();
        jobs.start(KIND, name, job -> train(job, run, settings, architecture));
    }

    void stop(String name) {
        jobs.stop(KIND, Name.check(name));
    }

    /** Removes a training; its model stays. */
    void delete(String name) throws IOException {
        RunFolder run = named(name);
        if (jobs.isRunning(KIND, name)) {
            throw Refusal.conflict("this training is under way; stop it first");
        }
        judges.remove(name);
        run.delete();
    }

    private void train(Jobs.Job job, RunFolder run, RunSettings settings, Architecture architecture)
            throws IOException, TrainingStopped {
        Thread self = Thread.currentThread();
        job.whenStopped(self::interrupt);
        try (ClipStore store = store(job, run, settings, architecture);
                Workers workers = new Workers(threads)) {
            Recipe recipe = RecipeFile.defaults(architecture).withEpochs(settings.epochs());
            TrainingTask task = new TrainingTask(store, architecture, store.words(), recipe, software);
            Trainer trainer = new Trainer(task, run.files().checkpoint(), workers, CLOCK);
            Judging.refuseWithoutClips(trainer.validationClips());
            judges.put(run.name(), trainer.validationClips());
            if (trainer.resume()) {
                History.write(run.files().history(), trainer.history());
            }
            job.whenStopped(trainer::stop);
            Thread.interrupted(); // from now on stopping is a checkpoint, not an interruption
            Progress progress = new Progress(job, trainer, settings.epochs());
            progress.begins();
            Model model = trainer.train(listener(run, trainer, progress));
            RunFiles kept = new RunFiles(shelf.file(run.name()));
            ModelFile.write(kept.model(), model);
            Files.copy(run.files().history(), kept.history(), StandardCopyOption.REPLACE_EXISTING);
            Files.deleteIfExists(run.files().checkpoint());
            progress.ended();
        }
        ClipStore.delete(run.files().clips());
    }

    private ClipStore store(Jobs.Job job, RunFolder run, RunSettings settings, Architecture architecture)
            throws IOException {
        Path data = corpora.named(settings.corpus());
        if (ClipStore.isStore(data)) {
            return ClipStore.open(data);
        }
        if (!ClipStore.isStore(run.files().clips())) {
            Corpus corpus = Corpus.scan(data, CorpusOptions.defaults());
            int hz = architecture.sampleRateHz();
            Preparation.prepare(
                    corpus,
                    new ClipFormat(hz, hz),
                    run.files().clips(),
                    new PrepareOptions(threads, false),
                    (done, total) -> job.reach(done, total, "reading clips"));
        }
        return ClipStore.open(run.files().clips());
    }

    /** How far a training is, as pages are told. */
    private record Progress(Jobs.Job job, Trainer trainer, int epochs) {

        /** Before the first step of this run, which takes longest. */
        void begins() {
            int epoch = Math.min(epochs, trainer.history().size() + 1);
            String text = String.format(
                    Locale.ROOT,
                    "epoch %d of %d begins: %d clips to learn from, %d to judge by",
                    epoch,
                    epochs,
                    trainer.trainingClips(),
                    trainer.validationClips());
            job.reach(trainer.clipsSeen(), total(), text, far(epoch));
        }

        void ended() {
            String text = String.format(
                    Locale.ROOT,
                    "validation accuracy %.1f %% on %d clips",
                    100 * trainer.validationAccuracy(),
                    trainer.validationClips());
            job.reach(
                    total(),
                    total(),
                    Judging.caution(trainer.validationClips())
                            .map(caution -> text + "; " + caution)
                            .orElse(text));
        }

        void stepped(int epoch, double loss, double accuracy) {
            String text = String.format(
                    Locale.ROOT,
                    "epoch %d of %d: training loss %.3f, training accuracy %.1f %%",
                    epoch,
                    epochs,
                    loss,
                    100 * accuracy);
            job.reach(
                    trainer.clipsSeen(),
                    total(),
                    text,
                    far(epoch).put("loss", loss).put("accuracy", accuracy));
        }

        private long total() {
            return (long) epochs * trainer.trainingClips();
        }

        private ObjectNode far(int epoch) {
            return Answer.object()
                    .put("epoch", epoch)
                    .put("epochs", epochs)
                    .put("clips", trainer.clipsSeen() - (epoch - 1L) * trainer.trainingClips())
                    .put("clipsOfEpoch", trainer.trainingClips())
                    .put("validationClips", trainer.validationClips());
        }
    }

    private TrainingListener listener(RunFolder run, Trainer trainer, Progress progress) {
        return new TrainingListener() {

            private ObjectNode confusion = Answer.object();

            @Override
            public void stepped(int epoch, long clips, double loss, double accuracy) {
                progress.stepped(epoch, loss, accuracy);
            }

            @Override
            public void judged(Evaluation validation) {
                confusion = confusion(run.name(), validation);
                events.tell("confusion", confusion);
            }

            @Override
            public void epochEnded(Epoch epoch) throws IOException {
                AtomicFile.write(run.confusion(), confusion.toString().getBytes(StandardCharsets.UTF_8));
                History.write(run.files().history(), trainer.history());
                events.tell("epoch", json(epoch).put("name", run.name()));
            }
        };
    }

    private static ObjectNode confusion(String name, Evaluation validation) {
        ObjectNode node = Answer.object().put("name", name);
        ArrayNode words = node.putArray("words");
        validation.words().forEach(words::add);
        ArrayNode rows = node.putArray("rows");
        for (int[] counts : validation.confusion()) {
            ArrayNode row = rows.addArray();
            for (int count : counts) {
                row.add(count);
            }
        }
        return node;
    }

    private static ObjectNode json(Epoch epoch) {
        return Answer.object()
                .put("epoch", epoch.number())
                .put("trainingLoss", epoch.trainingLoss())
                .put("trainingAccuracy", epoch.trainingAccuracy())
                .put("validationLoss", epoch.validationLoss())
                .put("validationAccuracy", epoch.validationAccuracy())
                .put("learningRate", epoch.learningRate())
                .put("seconds", epoch.seconds());
    }
}

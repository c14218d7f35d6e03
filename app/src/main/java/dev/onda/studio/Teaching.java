package dev.onda.studio;

import dev.onda.corpus.Clip;
import dev.onda.corpus.ClipFormat;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Corpus;
import dev.onda.corpus.CorpusOptions;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.corpus.Preparation;
import dev.onda.corpus.PrepareOptions;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.nn.kernel.Workers;
import dev.onda.report.Counted;
import dev.onda.train.RecipeFile;
import dev.onda.train.SoundAlike;
import dev.onda.train.Teacher;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Own words taught to a model: {@code POST /studio/teach} with {@code model}, {@code words}, {@code name}; answers with the
 * {@code words} that it learns, and {@code notes} of what was left out or is doubtful.
 */
final class Teaching {

    static final String KIND = "teach";

    private static final int FEWEST_CLIPS = 2;

    private final Words words;
    private final Shelf shelf;
    private final Jobs jobs;
    private final Events events;
    private final int threads;

    Teaching(Words words, Shelf shelf, Jobs jobs, Events events, int threads) {
        this.words = words;
        this.shelf = shelf;
        this.jobs = jobs;
        this.events = events;
        this.threads = threads;
    }

    void start(Context ctx) throws IOException {
        ObjectNode asked = Answer.read(ctx);
        Model base = shelf.named(Answer.text(asked, "model")).model();
        String name = Name.check(Answer.text(asked, "name"));
        if (name.equals(Shelf.BOX)) {
            throw Refusal.conflict("the model in the box keeps its name; choose another one");
        }
        List<String> notes = new ArrayList<>();
        List<String> fresh = fresh(asked.path("words"), base, notes);
        noteDoubtful(fresh, notes);
        jobs.start(KIND, name, job -> teach(job, base, fresh, shelf.file(name), List.copyOf(notes)));
        ObjectNode answer = Answer.object();
        fresh.forEach(answer.putArray("words")::add);
        notes.forEach(answer.putArray("notes")::add);
        Answer.json(ctx.status(HttpStatus.ACCEPTED), answer);
    }

    /** The words that are wanted, have recordings and are new; of those without recordings there is a note. */
    private List<String> fresh(JsonNode asked, Model base, List<String> notes) throws IOException {
        List<String> fresh = new ArrayList<>();
        for (JsonNode each : asked) {
            String word = Name.word(each.asString(""));
            int clips = words.clips(word).size();
            if (base.words().contains(word)) {
                throw Refusal.conflict("\"" + word + "\" is known already; leave it out");
            }
            if (clips == 0) {
                notes.add("\"" + word + "\" has no recordings and is left out");
                continue;
            }
            if (clips < FEWEST_CLIPS) {
                throw Refusal.conflict("\"" + word + "\" has 1 recording; at least " + FEWEST_CLIPS
                        + " are needed, 5 to 20 are better");
            }
            fresh.add(word);
        }
        if (fresh.isEmpty()) {
            throw Refusal.bad(
                    notes.isEmpty()
                            ? "\"words\" is empty: name a word that was recorded"
                            : String.join("; ", notes) + "; nothing is left to learn");
        }
        return fresh.stream().distinct().sorted().toList();
    }

    /** Recordings that were flagged when they were listed, and are learned from all the same. */
    private void noteDoubtful(List<String> fresh, List<String> notes) throws IOException {
        int all = 0;
        int doubtful = 0;
        int damaged = 0;
        for (String word : fresh) {
            for (String clip : words.clips(word)) {
                all++;
                try {
                    doubtful += new Recording(word, clip, words.read(word, clip)).isDoubtful() ? 1 : 0;
                } catch (IOException | IllegalArgumentException | Refusal e) {
                    damaged++;
                }
            }
        }
        if (doubtful > 0) {
            notes.add(doubtful + " of " + Counted.of(all, "recording") + (doubtful == 1 ? " is" : " are")
                    + " doubtful (too quiet, too loud or cut off) and used all the same");
        }
        if (damaged > 0) {
            notes.add(damaged + " of " + Counted.of(all, "recording") + " cannot be used and "
                    + (damaged == 1 ? "is" : "are") + " left out");
        }
    }

    private void teach(Jobs.Job job, Model base, List<String> fresh, Path to, List<String> begun) throws IOException {
        List<String> notes = new ArrayList<>(begun);
        job.whenStopped(Thread.currentThread()::interrupt);
        job.reach(0, 1, "reading the recordings");
        Corpus corpus = Corpus.scan(words.folder(), new CorpusOptions(fresh, 1, OptionalLong.empty()));
        List<Clip> clips = corpus.clips().stream()
                .map(clip -> new Clip(clip.path(), clip.word(), clip.speaker(), Partition.TRAINING))
                .toList();
        Corpus all = new Corpus(corpus.root(), fresh, clips, corpus.background(), List.of());
        ClipFormat format =
                new ClipFormat(base.input().sampleRateHz(), base.input().windowSamples());
        Path folder = Files.createTempDirectory("onda-teach");
        try (Workers workers = new Workers(threads)) {
            Preparation.prepare(all, format, folder, new PrepareOptions(threads, false), (done, total) -> {});
            try (ClipStore store = ClipStore.open(folder)) {
                Teacher teacher = new Teacher(base, RecipeFile.teaching(), workers);
                LabelledClips labelled = LabelledClips.of(store, fresh, Partition.TRAINING);
                SoundAlike.find(base, labelled, fresh, workers).forEach(alike -> notes.add(alike.warning()));
                job.reach(0, 1, "listening to them in many ways");
                Model taught = teacher.teach(labelled, fresh, (step, steps, loss) -> learned(job, step, steps, loss));
                ModelFile.write(to, taught);
                job.reach(1, 1, told(taught, fresh, labelled.size()) + said(notes));
            }
        } finally {
            ClipStore.delete(folder);
        }
    }

    /** What is known of how good it is: with one voice little, and that is said. */
    private static String told(Model taught, List<String> fresh, int clips) {
        String share = taught.provenance().figures().get(Teacher.FALSE_ACCEPTS);
        String others = share == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        " Of other speech that it remembers, %.1f %% is taken for a new word.",
                        100 * Double.parseDouble(share));
        return "Learned " + String.join(", ", fresh) + " from " + clips + " recordings." + others
                + " How well other voices are understood is not known: try it.";
    }

    /** Notes as sentences behind others. */
    private static String said(List<String> notes) {
        return notes.stream()
                .map(note -> " " + note.substring(0, 1).toUpperCase(Locale.ROOT) + note.substring(1) + ".")
                .collect(Collectors.joining());
    }

    private void learned(Jobs.Job job, int step, int steps, double loss) {
        job.reach(step, steps, "learning");
        events.tell(
                "lesson", Answer.object().put("step", step).put("steps", steps).put("loss", loss));
    }
}

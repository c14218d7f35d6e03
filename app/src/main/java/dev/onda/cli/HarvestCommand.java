package dev.onda.cli;

import dev.onda.audio.WavStream;
import dev.onda.audio.WavWriter;
import dev.onda.corpus.LabelledClips;
import dev.onda.corpus.Partition;
import dev.onda.evaluate.Harvest;
import dev.onda.recognize.StreamModel;
import dev.onda.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code onda harvest}: what a model wrongly accepts, as clips for its next training. */
final class HarvestCommand extends Command {

    private static final String MARK = "_nohash_";

    private final Supplier<Optional<Path>> model = modelFile();

    private final Supplier<List<Path>> audio = some(
            Path.class,
            "--audio",
            "FILE",
            "WAV files of any length, rate and number of channels, without the model's words.");

    private final Supplier<Path> out =
            required(Path.class, "--out", "DIR", "Corpus to add the clips to, or another folder, which is made.");

    private final Supplier<Integer> limit =
            option(int.class, "--limit", "N", 1_000, "At most so many clips. Default: ${DEFAULT-VALUE}.");

    private int found;

    HarvestCommand() {
        super(
                "harvest",
                "Listens to recordings in which none of the model's words is said, and cuts out what it takes for one: the window "
                        + "that it heard, as a WAV clip of 16 bits, a line each.",
                "The clips go to DIR/" + LabelledClips.HARD_NEGATIVE
                        + "/RECORDING_nohash_MILLISECONDS.wav. With the corpus as DIR, onda "
                        + "train --unknown learns them as _unknown_, with --words or without; a training without --unknown leaves "
                        + "them out. All clips of a recording are in one partition, which its name decides.");
    }

    @Override
    int call() throws IOException {
        if (limit.get() < 1) {
            throw new UserError("--limit: at least 1 clip, not " + limit.get());
        }
        OutputFile.checkFolder("--out", out.get());
        for (Path recording : audio.get()) {
            // Looks at its header, before hours of another one are listened to.
            WavStream.open(recording).close();
        }
        StreamModel stream = new StreamModel(BoxedModel.orFile(model.get()), 1);
        PrintWriter err = stderr();
        VectorModule.warnIfMissing(err);
        double seconds = 0;
        for (Path recording : audio.get()) {
            if (found < limit.get()) {
                seconds += listen(stream, recording);
            }
        }
        if (found == limit.get()) {
            err.println("onda: " + Counted.of(limit.get(), "clip")
                    + ", as many as --limit allows: the rest was not listened to");
        }
        stdout().printf(
                        Locale.ROOT,
                        "%s in %.1f minutes: %.1f an hour%s%n",
                        Counted.of(found, "false accept"),
                        seconds / 60,
                        seconds == 0 ? 0 : found * 3_600 / seconds,
                        found == 0 ? "; nothing was written" : "");
        return Main.DONE;
    }

    private double listen(StreamModel stream, Path recording) throws IOException {
        String name = name(recording);
        int before = found;
        double seconds;
        try (WavStream source = WavStream.open(recording);
                Progress progress = Progress.of(new Task("listening to " + name, 0, Task.Unit.SECONDS))) {
            UserError.ifRefused(() -> stream.open(source.sampleRateHz(), 1, detection -> {}));
            seconds = Harvest.of(stream, source, find -> take(find, name), heard -> progress.reach((long) heard));
        }
        Partition partition = Partition.ofFileName(name + MARK);
        if (found > before && partition != Partition.TRAINING) {
            stderr().println("onda: warning: " + recording + ": its name puts its clips into the partition "
                    + partition.name().toLowerCase(Locale.ROOT)
                    + ", which is not learned from; rename the recording to learn from it");
        }
        return seconds;
    }

    /** Writes a clip and its line; returns whether there may be more. */
    private boolean take(Harvest.Find find, String name) throws IOException {
        Path folder = Files.createDirectories(out.get().resolve(LabelledClips.HARD_NEGATIVE));
        // Named by its time, so that the same one harvested again is the same file.
        long milliseconds = Math.round(1_000 * find.detection().time());
        Path file = folder.resolve(name + MARK + milliseconds + ".wav");
        WavWriter.write(file, find.clip());
        stdout().printf(
                        Locale.ROOT,
                        "%s\t%.2f s\t%s\t%.3f%n",
                        file,
                        find.detection().time(),
                        find.detection().word(),
                        find.detection().score());
        found++;
        return found < limit.get();
    }

    /** What the clips of a recording are called: its name, which then counts as their speaker. */
    private static String name(Path recording) {
        String name = String.valueOf(recording.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = (dot > 0 ? name.substring(0, dot) : name).replace(MARK, "-");
        // A name that begins with a dot would be no clip.
        return stem.startsWith(".") ? "recording" + stem : stem;
    }
}

package dev.onda.cli;

import dev.onda.audio.InputDevice;
import dev.onda.audio.Microphone;
import dev.onda.audio.PcmStream;
import dev.onda.audio.RealTime;
import dev.onda.audio.SoundSource;
import dev.onda.audio.WavStream;
import dev.onda.model.Model;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code onda listen}: words as they are spoken. */
final class ListenCommand extends Command {

    private static final String STANDARD_INPUT = "-";
    private static final String STANDARD_INPUT_NAME = "standard input";
    private static final Pattern RAW = Pattern.compile("([0-9]{1,9})(?:x([0-9]{1,5}))?");

    private final Supplier<Optional<Path>> model = modelFile();

    private final Supplier<Optional<String>> device = optional(
            String.class,
            "--device",
            "NAME",
            "Microphone to listen to, by its name or a part of it that no other has. Default: the system's.");

    private final Supplier<Boolean> isListAskedFor = flag(
            "--devices",
            "Lists the microphones and in which forms they give sound, those first that are taken first; ends.");

    private final Supplier<Optional<String>> file = optional(
            String.class,
            "--file",
            "WAV",
            "WAV file of any length to listen to, as fast as it can be; - for one on standard input.");

    private final Supplier<Boolean> isRealTime =
            flag("--real-time", "Listen to the file at the pace at which it was recorded.");

    private final Supplier<Optional<String>> raw = optional(
            String.class,
            "--raw",
            "RATE[xCHANNELS]",
            "Samples on standard input to listen to: 16 bits, signed, the lower byte first, at RATE Hz, channels by"
                    + " turns, such as 16000x1 or 48000x2. Default of CHANNELS: 1.");

    private final Supplier<Optional<Double>> threshold = optional(
            Double.class,
            "--threshold",
            "T",
            "Least score at which a word is named, above 0 up to 1: an average over windows, so not that of onda recognize."
                    + " Default: the model's own for streams (onda calibrate).");

    private final Supplier<Boolean> json =
            flag("--json", "One JSON object a line: word, score; start, end, time, delay in seconds.");

    private final Supplier<Optional<String>> exec = optional(
            String.class,
            "--exec",
            "COMMAND",
            "Program to run for each word, such as 'notify-send {word}'; also {score}, {time}, {start}, {end}. No shell reads"
                    + " it: it is split at blanks outside of 'quotes' or \"quotes\", then the placeholders are filled in, each"
                    + " within its argument.",
            "One runs at a time, in order; when " + ProgramRunner.MOST_WAITING
                    + " wait, more are dropped. What they print" + " goes to standard error. At the end they have "
                    + ListenRun.PATIENCE_SECONDS + " s to finish.");

    private final Supplier<List<String>> strays = strays();

    ListenCommand() {
        super(
                "listen",
                "Names words as they are spoken: seconds of sound heard until then, word and score (0 to 1), separated by tabs, a line"
                        + " a word. Listens to the microphone unless told otherwise; Ctrl-C ends it.",
                "If this machine is too slow for a microphone, the oldest sound is dropped, and the last line says how much. Files and"
                        + " pipes are never dropped: they wait.");
    }

    @Override
    int call() throws IOException {
        check();
        if (isListAskedFor.get()) {
            return list(stdout());
        }
        Model listener = listener();
        List<String> words = listener.words().stream().filter(Model::isWord).toList();
        Optional<CommandTemplate> template = exec.get().map(text -> CommandTemplate.of(text, words));
        PrintWriter err = stderr();
        VectorModule.warnIfMissing(err);
        StreamModel streams = new StreamModel(listener);
        SoundSource source = source();
        err.println("listening to " + name(source) + " at " + hertz(source.sampleRateHz()) + " for "
                + Counted.of(words.size(), "word") + (file.get().isPresent() ? "" : "; Ctrl-C ends it"));
        ListenRun run = new ListenRun(stdout(), err, json.get() ? DetectionText::json : DetectionText::line, template);
        if (run.listen(isMetered() ? new LevelMeter(source, err) : source, streams) == ListenRun.End.EMPTY) {
            throw silent(name(source));
        }
        return Main.DONE;
    }

    private static UserError silent(String source) {
        return new UserError(source + ": no sound in it: 0 samples");
    }

    private void check() throws IOException {
        if (!strays.get().isEmpty()) {
            throw new UserError(strays.get().getFirst() + ": to listen to a file: --file "
                    + strays.get().getFirst());
        }
        if (Stream.of(device.get(), file.get(), raw.get())
                        .filter(Optional::isPresent)
                        .count()
                > 1) {
            throw new UserError("--device, --file and --raw: one of them at a time");
        }
        if (isRealTime.get() && file.get().isEmpty()) {
            throw new UserError("--real-time: goes with --file; everything else is in real time already");
        }
        if (file.get().isPresent() && Files.isRegularFile(Path.of(file.get().orElseThrow()))) {
            // Looked at before anything is said of listening; a pipe would lose what is read here.
            try (WavStream wav = WavStream.open(Path.of(file.get().orElseThrow()))) {
                if (wav.read(new float[1], 0, 1) == SoundSource.END) {
                    throw silent(file.get().orElseThrow());
                }
            }
        }
    }

    private Model listener() throws IOException {
        Model read = BoxedModel.orFile(model.get());
        if (threshold.get().isEmpty()) {
            return read;
        }
        try {
            return read.withStream(read.stream().withThreshold(threshold.get().orElseThrow(), 0));
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "--threshold " + threshold.get().orElseThrow() + ": above 0 and at most 1 is expected", e);
        }
    }

    private SoundSource source() throws IOException {
        if (raw.get().isPresent()) {
            return raw(raw.get().orElseThrow());
        }
        if (file.get().isEmpty()) {
            return microphone();
        }
        SoundSource wav = file.get().orElseThrow().equals(STANDARD_INPUT)
                ? WavStream.open(System.in, STANDARD_INPUT_NAME)
                : WavStream.open(Path.of(file.get().orElseThrow()));
        return isRealTime.get() ? new RealTime(wav) : wav;
    }

    private static SoundSource raw(String form) {
        Matcher numbers = RAW.matcher(form);
        if (!numbers.matches()) {
            throw new UserError("--raw " + form + ": a rate in Hz is expected, and maybe channels, such as 16000x1");
        }
        String given = numbers.group(2);
        int channels = given == null ? 1 : Integer.parseInt(given);
        try {
            return new PcmStream(System.in, Integer.parseInt(numbers.group(1)), channels);
        } catch (IllegalArgumentException e) {
            throw new UserError("--raw " + form + ": " + e.getMessage(), e);
        }
    }

    private Microphone microphone() throws IOException {
        try {
            return device.get().isPresent()
                    ? InputDevice.named(device.get().orElseThrow()).open()
                    : Microphone.open();
        } catch (IOException e) {
            throw new UserError(
                    Complaint.of(e) + "; --file WAV or --raw RATE listens to other sound, --devices lists microphones",
                    e);
        }
    }

    /** A meter is for sound that comes as it is made. */
    private boolean isMetered() {
        return Terminal.isStandardError() && (file.get().isEmpty() || isRealTime.get());
    }

    private String name(SoundSource source) {
        if (source instanceof Microphone microphone) {
            return microphone.name();
        }
        return file.get().filter(f -> !f.equals(STANDARD_INPUT)).orElse(STANDARD_INPUT_NAME);
    }

    private static int list(PrintWriter out) {
        List<InputDevice> all = InputDevice.all();
        if (all.isEmpty()) {
            throw new UserError(
                    "--devices: Java finds no device to record from; --file WAV or --raw RATE listens to other sound");
        }
        for (InputDevice found : all) {
            out.println(found.name() + "\t"
                    + found.forms().stream().map(ListenCommand::form).collect(Collectors.joining(", ")));
        }
        return Main.DONE;
    }

    private static String form(InputDevice.Form form) {
        String channels = switch (form.channels()) {
            case 1 -> "mono";
            case 2 -> "stereo";
            default -> form.channels() + " channels";
        };
        return hertz(form.sampleRateHz()) + " " + channels;
    }

    private static String hertz(int rate) {
        return String.format(Locale.ROOT, "%,d Hz", rate);
    }
}

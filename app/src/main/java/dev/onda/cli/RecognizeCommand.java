package dev.onda.cli;

import dev.onda.audio.AudioFile;
import dev.onda.audio.WavReader;
import dev.onda.audio.Wave;
import dev.onda.model.Model;
import dev.onda.recognize.Recognition;
import dev.onda.recognize.Recognizer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code onda recognize}: a line a clip. */
final class RecognizeCommand extends Command {

    private static final String STANDARD_INPUT = "-";
    /** Until here plain arithmetic is done sooner than vectors are warm (experiments/speed.md). */
    private static final int FEW = 16;

    private final Supplier<Optional<Path>> model = modelFile();

    private final Supplier<Integer> top =
            option(int.class, "--top", "K", 1, "Show the K likeliest words. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Boolean> json = flag("--json", "One JSON object a line: path, word, score, top.");

    private final Supplier<List<String>> clips = parameters(
            String.class,
            "CLIP",
            "Sound files, folders of them (searched to the bottom), or - for a WAV on standard input.");

    RecognizeCommand() {
        super(
                "recognize",
                "Names the word in each clip: path, word and score (the posterior probability, 0 to 1), separated by tabs.",
                "A clip longer than the model's window is judged by its loudest window.");
    }

    @Override
    int call() throws IOException {
        if (top.get() < 1) {
            throw new UserError("--top: at least 1 word is shown, not " + top.get());
        }
        List<String> expanded = expand(clips.get());
        Model loaded = BoxedModel.orFile(model.get());
        Recognizer recognizer = expanded.size() <= FEW ? Recognizer.forFewClips(loaded) : new Recognizer(loaded);
        PrintWriter stdout = stdout();
        PrintWriter err = stderr();
        int bad = 0;
        for (String clip : expanded) {
            if (stdout.checkError()) {
                break;
            }
            try {
                Recognition heard = recognizer.recognize(read(clip));
                stdout.println(json.get() ? json(clip, heard) : line(clip, heard));
            } catch (IOException | IllegalArgumentException e) {
                bad++;
                err.println("onda: " + Complaint.of(e));
            }
        }
        return bad == 0 ? Main.DONE : Main.USER_ERROR;
    }

    private static List<String> expand(List<String> given) throws IOException {
        List<String> all = new ArrayList<>();
        for (String clip : given) {
            if (clip.equals(STANDARD_INPUT) || !Files.isDirectory(Path.of(clip))) {
                all.add(clip);
                continue;
            }
            int before = all.size();
            try (var walk = Files.walk(Path.of(clip))) {
                walk.filter(p -> AudioFile.isAudioName(p.getFileName().toString()))
                        .filter(Files::isRegularFile)
                        .map(Path::toString)
                        .sorted()
                        .forEach(all::add);
            }
            if (all.size() == before) {
                throw new UserError(clip + ": no sound file in this folder");
            }
        }
        return all;
    }

    private static Wave read(String clip) throws IOException {
        Wave wave = clip.equals(STANDARD_INPUT)
                ? WavReader.read(System.in, "standard input")
                : AudioFile.read(Path.of(clip));
        if (wave.samples().length == 0) {
            throw new IOException(clip + ": no sound in it: 0 samples");
        }
        return wave;
    }

    private String line(String clip, Recognition heard) {
        StringBuilder line = new StringBuilder(clip).append(guess(heard.word(), heard.score()));
        heard.ranking().stream()
                .filter(g -> !g.word().equals(heard.word()))
                .limit(top.get() - 1L)
                .forEach(g -> line.append(guess(g.word(), g.score())));
        return line.toString();
    }

    private static String guess(String word, double score) {
        return String.format(Locale.ROOT, "\t%s\t%.3f", word, score);
    }

    private String json(String clip, Recognition heard) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("path", clip).put("word", heard.word()).put("score", heard.score());
        ArrayNode guesses = node.putArray("top");
        heard.ranking().stream()
                .limit(top.get())
                .forEach(g -> guesses.addObject().put("word", g.word()).put("score", g.score()));
        return node.toString();
    }
}

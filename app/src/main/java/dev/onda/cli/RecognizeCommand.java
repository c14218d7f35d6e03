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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code onda recognize}: a line a clip. */
@Command(
        name = "recognize",
        description = {
            "Names the word in each clip: path, word and score (the posterior probability, 0 to 1), separated by tabs.",
            "A clip longer than the model's window is judged by its loudest window."
        },
        sortOptions = false)
final class RecognizeCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";
    /** Until here plain arithmetic is done sooner than vectors are warm (experiments/speed.md). */
    private static final int FEW = 16;

    @Spec
    private CommandSpec spec;

    @Option(names = "--model", paramLabel = "FILE", description = "Model file. Default: the one in the box.")
    private Optional<Path> model = Optional.empty();

    @Option(names = "--top", paramLabel = "K", description = "Show the K likeliest words. Default: ${DEFAULT-VALUE}.")
    private int top = 1;

    @Option(names = "--json", description = "One JSON object a line: path, word, score, top.")
    private boolean json;

    @Parameters(
            arity = "1..*",
            paramLabel = "CLIP",
            description = "Sound files, folders of them (searched to the bottom), or - for a WAV on standard input.")
    private List<String> clips = List.of();

    @Override
    public Integer call() throws IOException {
        if (top < 1) {
            throw new UserError("--top: at least 1 word is shown, not " + top);
        }
        List<String> expanded = expand(clips);
        Model loaded = BoxedModel.orFile(model);
        Recognizer recognizer = expanded.size() <= FEW ? Recognizer.forFewClips(loaded) : new Recognizer(loaded);
        PrintWriter stdout = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        int bad = 0;
        for (String clip : expanded) {
            if (stdout.checkError()) {
                break;
            }
            try {
                Recognition heard = recognizer.recognize(read(clip));
                stdout.println(json ? json(clip, heard) : line(clip, heard));
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
                .limit(top - 1L)
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
                .limit(top)
                .forEach(g -> guesses.addObject().put("word", g.word()).put("score", g.score()));
        return node.toString();
    }
}

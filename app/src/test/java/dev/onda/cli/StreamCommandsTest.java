package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.WavReader;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.model.ModelFile;
import dev.onda.model.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands that measure a model on streams and mend it: {@code stream-eval}, {@code calibrate}, {@code harvest}. */
class StreamCommandsTest extends TypedCommands {

    private static final Object[] STREAM = {"--minutes", 3, "--snr", 20, "--seed", 4};

    private static final String HISTORY = "epoch,learning_rate,training_loss,training_accuracy,validation_loss,"
            + "validation_accuracy,seconds\n1,0.000100000,2.000000,0.300000,1.900000,0.400000,7.000\n";

    @TempDir
    private static Path shared;

    private static Path corpus;

    @TempDir
    private Path folder;

    private Path model;

    @BeforeAll
    static void record() throws IOException {
        corpus = shared.resolve("corpus");
        BeepModel.addClips(corpus, "low", 6, 300, 0.1);
        BeepModel.addClips(corpus, "high", 6, 3_000, 0.1);
        // Between the two words, with noise: some of these are taken for one of them.
        BeepModel.addClips(corpus, "middle", 25, 1_600, 0.3);
    }

    @BeforeEach
    void writeModel() throws IOException {
        model = BeepModel.write(folder.resolve("m.safetensors"));
    }

    private int stream(String command, Path data, Object... more) {
        return onda(Stream.of(new Object[] {command, "--data", data, "--model", model}, STREAM, more)
                .flatMap(Stream::of)
                .toArray());
    }

    @Test
    void saysInAFewLinesWhatWasHeard() {
        assertThat(stream("stream-eval", corpus)).as(err.toString()).isZero();
        assertThat(out.toString().lines())
                .hasSize(7)
                .satisfiesExactly(
                        line -> assertThat(line)
                                .containsPattern(
                                        "stream: 3 minutes of validation, seed 4: [0-9]+ words; other speech: [0-9]+ "
                                                + "times words that the model does not know; white noise \\(there are no "
                                                + "background recordings\\) at 20 dB SNR"),
                        line -> assertThat(line).matches("right: .* words at threshold 0.7000: .* %\\)"),
                        line -> assertThat(line).startsWith("taken for another word: "),
                        line -> assertThat(line).contains("an hour; ", "in other speech, 0 in background alone"),
                        line -> assertThat(line).matches("delay after a word's end: median -?\\d+ ms, 95th .*"),
                        line -> assertThat(line).contains("1: n/a", "; no less than 20.00 shows in 3 minutes"),
                        line -> assertThat(line)
                                .matches("one thread: 0\\.\\d+ s of work .*, \\d+ KiB a stream|one .*"));
    }

    @Test
    void jsonHasTheFigures() throws IOException {
        Path to = folder.resolve("out");
        assertThat(stream("stream-eval", corpus, "--json", "--out", to, "--streams", 3, "--streams-seconds", 0.2))
                .as(err.toString())
                .isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.propertyNames())
                .containsExactly(
                        "minutes",
                        "snrDb",
                        "seed",
                        "partition",
                        "threshold",
                        "words",
                        "unknownWords",
                        "reversedWords",
                        "backgroundRecordings",
                        "right",
                        "wrong",
                        "missed",
                        "matchedRate",
                        "interval",
                        "wrongRate",
                        "missedRate",
                        "falseAccepts",
                        "falseAcceptsPerHour",
                        "falseAcceptsInOtherSpeech",
                        "falseAcceptsInBackground",
                        "delayMsMedian",
                        "delayMsP95",
                        "missRateAt",
                        "realTimeFactor",
                        "memoryPerStreamBytes",
                        "streams");
        int words = json.get("words").asInt();
        assertThat(words).isBetween(30, 100);
        assertThat(json.get("right").asInt()
                        + json.get("wrong").asInt()
                        + json.get("missed").asInt())
                .isEqualTo(words);
        assertThat(json.get("matchedRate").asDouble()).isCloseTo(1, within(0.1));
        assertThat(json.get("falseAcceptsPerHour").asDouble())
                .isCloseTo(20 * json.get("falseAccepts").asInt(), within(1e-9));
        assertThat(json.get("realTimeFactor").asDouble()).isPositive();
        assertThat(json.get("memoryPerStreamBytes").asLong()).isPositive();
        assertThat(json.get("missRateAt").propertyNames()).containsExactly("0.1", "0.5", "1", "5", "10");
        assertThat(json.get("missRateAt").get("10").isNull()).isTrue();
        assertThat(json.get("streams").get("chunks").asInt()).isEqualTo(3 * 10);
        List<String> lines = Files.readAllLines(to.resolve("stream-curve.csv"));
        assertThat(lines.getFirst()).startsWith("threshold,words,right,wrong,missed,false_accepts,");
        assertThat(lines).hasSize(203).anyMatch(line -> line.startsWith("0.7000," + words + ","));
        assertThat(to.resolve("stream-curve.png")).isNotEmptyFile();
    }

    @Test
    void aStoreGivesWhatItsCorpusGives() {
        assertThat(stream("stream-eval", corpus)).isZero();
        List<String> fromCorpus = out.toString().lines().limit(6).toList();
        Path store = folder.resolve("store");
        assertThat(onda("prepare", "--data", corpus, "--out", store)).isZero();
        assertThat(stream("stream-eval", store)).isZero();
        assertThat(out.toString().lines().limit(6)).isEqualTo(fromCorpus);
        Path other = folder.resolve("other");
        assertThat(onda("prepare", "--data", corpus, "--out", other, "--rate", 16_000))
                .isZero();
        assertRefused(stream("stream-eval", other), "prepared at 16000 Hz with windows of 16000 samples, 8000 Hz");
    }

    @Test
    void refusesWhatCannotBe() throws IOException {
        assertRefused(
                onda("stream-eval", "--data", corpus, "--minutes", 0),
                "a stream of 0.1 to 1,440 minutes is expected, not 0.0");
        assertRefused(
                onda("stream-eval", "--data", corpus, "--snr", 1_000),
                "ratio of -30 to 100 dB is expected, not 1000.0");
        assertRefused(stream("stream-eval", corpus, "--streams", 0), "--streams: 1 to 1000000 streams at once, not 0");
        assertRefused(stream("stream-eval", corpus, "--partition", "training"), "no clip of the model's words");
        assertRefused(stream("stream-eval", folder.resolve("none")), "none: no such folder");
        Path file = Files.writeString(folder.resolve("file"), "");
        assertRefused(stream("stream-eval", corpus, "--out", file), "--out " + file + ": a file; name a folder");
        assertThat(stream("stream-eval", corpus, "--streams", 1_000_000)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("onda: --streams 1000000: they would take ", "half of Java's memory is");
    }

    @Test
    void calibratesTheModelInPlace() throws IOException {
        byte[] before = Files.readAllBytes(model);
        assertThat(stream("calibrate", corpus, "--false-accepts-per-hour", 20))
                .as(err.toString())
                .isZero();
        assertThat(out.toString())
                .contains(
                        "before: right: ",
                        "after: right: ",
                        model + ": threshold 0.",
                        "for at most 20 false accepts an hour");
        StreamSettings settings = ModelFile.read(model).stream();
        assertThat(settings.falseAcceptsPerHour()).isEqualTo(20);
        assertThat(settings.threshold()).isNotEqualTo(0.7);
        assertThat(settings.release()).isCloseTo(settings.threshold() / 2, within(1e-12));
        assertThat(Files.readAllBytes(model)).isNotEqualTo(before);
        assertThat(stream("stream-eval", corpus, "--json")).isZero();
        JsonNode json = JsonMapper.shared().readTree(out.toString());
        assertThat(json.get("threshold").asDouble()).isEqualTo(settings.threshold());
        assertThat(json.get("falseAcceptsPerHour").asDouble()).isLessThanOrEqualTo(20);
    }

    @Test
    void calibratesIntoAnotherFile() throws IOException {
        byte[] before = Files.readAllBytes(model);
        Path to = folder.resolve("other.safetensors");
        Files.writeString(folder.resolve("m.history.csv"), HISTORY);
        assertThat(stream("calibrate", corpus, "--false-accepts-per-hour", 40, "--out", to))
                .isZero();
        assertThat(folder.resolve("other.history.csv")).hasContent(HISTORY);
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
        assertThat(ModelFile.read(to).stream().falseAcceptsPerHour()).isEqualTo(40);
        assertThat(ModelFile.read(to).words()).isEqualTo(ModelFile.read(model).words());
    }

    @Test
    void refusesToCalibrateForWhatAStreamCannotShow() throws IOException {
        byte[] before = Files.readAllBytes(model);
        assertRefused(
                stream("calibrate", corpus, "--false-accepts-per-hour", 1),
                "a stream of 3 minutes shows no less than 20.0 an hour; --minutes 60 shows it");
        assertRefused(stream("calibrate", corpus, "--false-accepts-per-hour", 0), "a rate above 0 is expected, not 0");
        assertRefused(
                onda("calibrate", "--data", corpus, "--false-accepts-per-hour", 1),
                "--out FILE: the model in the box stays as it is");
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
    }

    @Test
    void refusesARateThatNoThresholdReaches() throws IOException {
        Path noisy = folder.resolve("noisy");
        BeepModel.addClips(noisy, "low", 6, 300, 0.1);
        BeepModel.addClips(noisy, "high", 6, 3_000, 0.1);
        // To the model these are "low", however high the threshold.
        BeepModel.addClips(noisy, "deep", 25, 250, 0.1);
        byte[] before = Files.readAllBytes(model);
        assertThat(stream("calibrate", noisy, "--false-accepts-per-hour", 20)).isEqualTo(2);
        assertThat(err.toString())
                .contains("onda: --false-accepts-per-hour 20: no threshold has so few: ")
                .contains("; nothing was written\n");
        assertThat(Files.readAllBytes(model)).isEqualTo(before);
    }

    /** Beeps of 0.6 s that are heard as "low", at 1 s, 3 s and so on. */
    private static Path recording(Path file, int rateHz, int beeps) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[(2 * beeps + 1) * rateHz];
        for (int t = 0; t < x.length; t++) {
            double second = t / (double) rateHz;
            double beep = second % 2 >= 1 && second % 2 < 1.6 ? 0.1 : 0;
            x[t] = (float) (beep * Math.sin(2 * Math.PI * 300 * second) + 0.001 * random.nextGaussian());
        }
        WavWriter.write(file, new Wave(x, rateHz));
        return file;
    }

    @Test
    void harvestsClipsOfAllRecordings() throws IOException {
        Path first = recording(folder.resolve("room.wav"), 44_100, 3);
        Path second = recording(folder.resolve("a_nohash_b.WAV"), 8_000, 2);
        Path to = folder.resolve("harvest");
        assertThat(onda("harvest", "--model", model, "--audio", first, second, "--out", to))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .hasSize(6)
                .first()
                .asString()
                .matches(".*hard_negative/room_nohash_1\\d{3}\\.wav\t1\\.\\d\\d s\tlow\t0\\.\\d{3}");
        assertThat(out.toString()).contains("5 false accepts in 0.2 minutes: 1500.0 an hour");
        Path clips = to.resolve("hard_negative");
        List<String> names = names(clips);
        assertThat(names).hasSize(5);
        assertThat(names.subList(0, 2)).allMatch(name -> name.matches("a-b_nohash_[13]\\d{3}\\.wav"));
        assertThat(names.subList(2, 5)).allMatch(name -> name.matches("room_nohash_[135]\\d{3}\\.wav"));
        Wave clip = WavReader.read(clips.resolve(names.getLast()));
        assertThat(clip.sampleRateHz()).isEqualTo(44_100);
        assertThat(clip.seconds()).isCloseTo(1, within(1e-3));
        assertThat(onda("harvest", "--model", model, "--audio", first, "--out", to, "--limit", 1))
                .isZero();
        assertThat(names(clips)).as("harvested again").isEqualTo(names);
        assertThat(err.toString()).contains("onda: 1 clip, as many as --limit allows");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void refusesToHarvestWhatIsNoRecording() throws IOException {
        Path text = Files.writeString(folder.resolve("x.wav"), "no sound");
        Path good = recording(folder.resolve("room.wav"), 8_000, 1);
        assertRefused(
                onda("harvest", "--model", model, "--audio", good, text, "--out", folder.resolve("h")),
                "x.wav: not a WAV file");
        assertThat(folder.resolve("h")).as("looked at before the long work").doesNotExist();
        assertRefused(
                onda("harvest", "--model", model, "--audio", good, "--out", folder, "--limit", 0),
                "--limit: at least 1 clip, not 0");
    }
}

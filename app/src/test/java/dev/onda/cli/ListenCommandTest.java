package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onda.audio.WavStream;
import dev.onda.audio.WavWriter;
import dev.onda.model.ModelFile;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code onda listen} as a user types it, without a sound card. */
@Timeout(60)
class ListenCommandTest extends TypedCommands {

    private static final String LINE = "[0-9]+\\.[0-9]{3}\t%s\t0\\.[0-9]{3}\n";

    @TempDir
    private static Path shared;

    private static Path model;
    private static Path wav;

    @TempDir
    private Path folder;

    @BeforeAll
    static void write() throws IOException {
        model = shared.resolve("hummed.safetensors");
        ModelFile.write(model, HummedWords.model("low", "high"));
        wav = shared.resolve("words.wav");
        WavWriter.write(wav, HummedWords.say("low", "high", "low"));
    }

    private int listen(Object... more) {
        Object[] args = new Object[3 + more.length];
        System.arraycopy(new Object[] {"listen", "--model", model}, 0, args, 0, 3);
        System.arraycopy(more, 0, args, 3, more.length);
        return onda(args);
    }

    @Test
    void namesTheWordsOfAFile() {
        assertThat(listen("--file", wav)).as(err.toString()).isZero();
        assertThat(out.toString()).matches(LINE.formatted("low") + LINE.formatted("high") + LINE.formatted("low"));
        assertThat(err.toString())
                .isEqualTo(
                        "listening to " + wav + " at 8,000 Hz for 2 words\n" + "listened to 5.5 s of sound: 3 words\n");
    }

    @Test
    void jsonHasAllTimes() {
        assertThat(listen("--file", wav, "--json")).isZero();
        List<JsonNode> lines =
                out.toString().lines().map(JsonMapper.shared()::readTree).toList();
        assertThat(lines).hasSize(3);
        assertThat(lines.getFirst().propertyNames()).containsExactly("word", "score", "start", "end", "time", "delay");
        JsonNode last = lines.getLast();
        assertThat(last.get("word").asString()).isEqualTo("low");
        assertThat(last.get("score").asDouble()).isBetween(0.7, 1.0);
        assertThat(last.get("start").asDouble()).isBetween(3.9, 4.1);
        assertThat(last.get("time").asDouble()).isBetween(4.1, 5.0);
        assertThat(last.get("delay").asDouble())
                .isEqualTo(Math.round(1e3
                                * (last.get("time").asDouble() - last.get("end").asDouble()))
                        / 1e3);
    }

    @Test
    void hearsTheSameOnStandardInput() throws IOException {
        assertThat(listen("--file", wav)).isZero();
        String heard = out.toString();
        withStandardInput(Files.readAllBytes(wav), () -> {
            assertThat(listen("--file", "-")).as(err.toString()).isZero();
            assertThat(out.toString()).isEqualTo(heard);
            assertThat(err.toString()).startsWith("listening to standard input at 8,000 Hz for 2 words");
        });
        withStandardInput(HummedWords.pcm(HummedWords.say("low", "high", "low"), 2), () -> {
            assertThat(listen("--raw", "8000x2")).as(err.toString()).isZero();
            assertThat(out.toString()).isEqualTo(heard);
        });
    }

    private static void withStandardInput(byte[] bytes, Runnable test) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(bytes));
        try {
            test.run();
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aThresholdHoldsForThisRun() {
        assertThat(listen("--file", wav, "--threshold", 1)).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).endsWith(": 0 words\n");
    }

    @Test
    void aFileThatWasCutIsHeardUpToThere() throws IOException {
        byte[] bytes = Files.readAllBytes(wav);
        Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, bytes.length * 2 / 5));
        assertThat(listen("--file", cut)).isEqualTo(2);
        assertThat(out.toString()).matches(LINE.formatted("low"));
        assertThat(err.toString().lines())
                .hasSize(3)
                .last()
                .asString()
                .isEqualTo("onda: " + cut + ": data chunk claims 88000 bytes, the file has 35173 (at byte 44)");
    }

    @Test
    void saysWhatIsWrongInOneLine() throws IOException {
        assertRefused(listen("--file", wav, "--raw", "16000"), "--device, --file and --raw: one of them at a time");
        assertRefused(listen("--raw", "16000", "--real-time"), "--real-time: goes with --file");
        assertRefused(listen("--file", wav, "--threshold", 1.5), "--threshold 1.5: above 0 and at most 1 is expected");
        assertRefused(listen("--file", wav, "--threshold", 0), "--threshold 0.0: above 0 and at most 1 is expected");
        assertRefused(listen("--raw", "16k"), "--raw 16k: a rate in Hz is expected", "such as 16000x1");
        assertRefused(listen("--raw", "0"), "--raw 0: a sample rate is at least 1 Hz, not 0");
        assertRefused(listen("--raw", "8000x0"), "--raw 8000x0: 1 to 8 channels are expected, not 0");
        assertRefused(listen("--raw", "8000x9"), "--raw 8000x9: 1 to 8 channels are expected, not 9");
        assertRefused(listen(wav), wav + ": to listen to a file: --file " + wav);
        assertRefused(listen("--threshold", "high"), "'high' is not a number; see onda listen --help");
        assertRefused(listen("--file", folder.resolve("no.wav")), "no such file or folder: ", "no.wav");
        assertRefused(listen("--file", model), "not a WAV file");
        assertRefused(
                listen("--file", wav, "--exec", "lamp {colour}"), "--exec: no placeholder {colour}; there are {word}");
        assertRefused(onda("listen", "--model", "m5", "--file", wav), "a network that nobody has trained yet");
    }

    @Test
    void aFileWithoutSoundIsRefused() throws IOException {
        Path empty = folder.resolve("empty.wav");
        WavWriter.write(empty, HummedWords.say());
        byte[] header = Arrays.copyOf(Files.readAllBytes(empty), 44);
        Arrays.fill(header, 40, 44, (byte) 0);
        header[4] = 36;
        header[5] = 0;
        Files.write(empty, header);
        assertRefused(listen("--file", empty), "onda: " + empty + ": no sound in it: 0 samples");
    }

    @Test
    void aRateTheModelCannotBeGivenIsOneLine() throws IOException {
        withStandardInput(new byte[9], () -> {
            assertThat(listen("--raw", "1")).isEqualTo(2);
            assertThat(err.toString()).contains("onda: a sample rate of 1 Hz: ").doesNotContain("\tat ");
        });
    }

    @Test
    void runsAProgramForEachWord() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classes = System.getProperty("java.class.path");
        assertThat(listen(
                        "--file",
                        wav,
                        "--exec",
                        "'" + java + "' -cp \"" + classes + "\" " + SaidArguments.class.getName()
                                + " {word} 'a {score}' '$(id);'{word}"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(err.toString().lines().filter(line -> line.startsWith("said ")))
                .hasSize(3)
                .first()
                .asString()
                .matches("said \\[low, a 0\\.[0-9]{3}, \\$\\(id\\);low]");
        assertThat(err.toString()).doesNotContain("--exec");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void aProgramThatIsNotThereStopsNothing() {
        assertThat(listen("--file", wav, "--exec", folder.resolve("nothing") + " {word}"))
                .isZero();
        assertThat(out.toString().lines()).hasSize(3);
        assertThat(err.toString().lines().filter(line -> line.contains("--exec")))
                .hasSize(2)
                .last()
                .asString()
                .isEqualTo("onda: --exec: 3 of 3 programs failed");
        assertThat(err.toString()).contains("Cannot run program", "nothing", "(said once)");
    }

    @Test
    void listsMicrophones() {
        assertThat(onda("listen", "--devices")).isZero();
        assertThat(out.toString()).contains(FakeMicrophone.NAME + "\t8,000 Hz stereo\n");
        assertRefused(
                listen("--device", "no such"),
                "no input device has 'no such' in its name; there are: ",
                FakeMicrophone.NAME,
                "; --file WAV or --raw RATE listens to other sound, --devices lists microphones");
    }

    @Test
    void listensToAMicrophoneUntilItIsInterrupted() throws Exception {
        CountDownLatch isHeard = new CountDownLatch(1);
        StringWriter said = new StringWriter();
        PrintWriter words = new PrintWriter(new StringWriter() {
            @Override
            public void flush() {
                if (!toString().isEmpty()) {
                    isHeard.countDown();
                }
            }
        });
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread command = Thread.ofPlatform()
                .start(() -> status.complete(new Main(words, new PrintWriter(said))
                        .execute("listen", "--model", model.toString(), "--device", "onda test")));
        isHeard.await();
        command.interrupt();
        assertThat(status.get()).as(said.toString()).isZero();
        assertThat(said.toString().lines())
                .containsExactly(
                        "listening to " + FakeMicrophone.NAME + " at 8,000 Hz for 2 words; Ctrl-C ends it",
                        said.toString().lines().toList().getLast())
                .last()
                .asString()
                .matches("listened to [0-9.]+ s of sound: 1 word");
    }

    @Test
    void aKillEndsTheProcessCleanly() throws Exception {
        assumeTrue(ProcessHandle.current().supportsNormalTermination(), "the system cannot ask a process to end");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "listen",
                        "--model",
                        model.toString(),
                        "--raw",
                        "8000")
                .start();
        try (BufferedReader said = process.errorReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).contains("warning: the module jdk.incubator.vector is missing");
            assertThat(said.readLine()).startsWith("listening to standard input");
            process.getOutputStream().write(HummedWords.pcm(HummedWords.say("low"), 1));
            process.getOutputStream().flush();
            try (BufferedReader words = process.inputReader(StandardCharsets.UTF_8)) {
                assertThat(words.readLine()).contains("\tlow\t");
                process.toHandle().destroy();
                assertThat(process.waitFor()).isZero();
                assertThat(words.readLine()).isNull();
            }
            assertThat(said.readLine()).matches("listened to [0-9.]+ s of sound: 1 word");
            assertThat(said.readLine()).isNull();
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1, '[##############################] 0 dB too loud'",
        "0.1, '[####################----------] -20 dB'",
        "0.0001, '[------------------------------] -60 dB'",
        "0, '[------------------------------] -60 dB'"
    })
    void theMeterShowsTheHighestSample(float peak, String bar) {
        assertThat(LevelMeter.bar(peak)).isEqualTo(bar);
    }

    @Test
    void theMeterMakesRoomForLines() throws IOException {
        StringWriter terminal = new StringWriter();
        PrintWriter to = new PrintWriter(terminal);
        LevelMeter meter = new LevelMeter(WavStream.open(wav), to);
        meter.above(() -> to.println("low"));
        meter.close();
        assertThat(terminal.toString()).contains("\r\u001b[Klow\n").endsWith("\r\u001b[K");
    }
}

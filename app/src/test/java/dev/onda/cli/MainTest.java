package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void tellsItsVersion() {
        assertThat(onda("--version")).isZero();
        assertThat(out.toString()).startsWith("onda ").contains("Java ");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void helpGoesToStandardOutput() {
        assertThat(onda("--help")).isZero();
        assertThat(out.toString()).contains("Usage: onda", "COMMAND --help");
    }

    @Test
    void everyCommandHasHelp() {
        assertThat(onda("fetch", "speech-commands", "--help")).isZero();
        assertThat(out.toString()).contains("Usage: onda fetch speech-commands", "--out=DIR", "--help");
    }

    @Test
    void helpListsEveryCommand() {
        assertThat(onda("--help")).isZero();
        assertThat(out.toString())
                .containsSubsequence(
                        "demo", "fetch", "prepare", "train", "evaluate", "recognize", "listen", "describe");
    }

    @Test
    void aCommandThatThereIsNotIsAnsweredWithTheRightOne() {
        assertThat(onda("recognise", "--model", "m5.safetensors")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean", "recognize");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "fetch", "prepare", "train", "evaluate", "recognize", "listen", "describe"})
    void aCommandIsFoundByItsName(String command) {
        assertThat(onda(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: onda " + command + " ", "--help");
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        assertThat(onda()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: onda");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anUnknownOptionIsOneLineWithAHint() {
        assertThat(onda("--colour")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("onda: Unknown option: '--colour'")
                .endsWith("see onda --help");
    }

    @Test
    void aMistypedCommandIsAnsweredWithTheRightOne() {
        assertThat(fake("fails")).isEqualTo(2);
        assertThat(err.toString()).contains("did you mean", "fail").endsWith("see fake --help\n");
    }

    @Test
    void aBadValueNamesTheCommandsOwnHelp() {
        assertThat(fake("fail", "--with", "nonsense")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("--with", "nonsense")
                .endsWith("see fake fail --help");
    }

    @Test
    void anAcceptableCommandEndsWithItsOwnStatus() {
        assertThat(fake("fail", "--with", "nothing")).isEqualTo(7);
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aUserErrorIsOneLineWithoutStackTrace() {
        assertThat(fake("fail", "--with", "user_error")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("onda: expected 8000 Hz, found 16000 Hz\n");
    }

    @Test
    void aRefusedArgumentOfTheUsersIsAUserError() {
        assertThat(fake("fail", "--with", "refusal")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("onda: a kernel is odd, not 4\n");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThat(fake("fail", "--with", "missing_file")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("onda: no such file or folder: words/yes\n");
    }

    @Test
    void anUncheckedIoExceptionIsToldByItsCauseInOneLine() {
        assertThat(fake("fail", "--with", "bad_data")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("onda: a.wav, byte 20: expected PCM found GSM\n");
    }

    @Test
    void aDefectShowsItsStackTrace() {
        assertThat(fake("fail", "--with", "defect")).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("onda: a defect in Onda itself: IllegalArgumentException: wrong")
                .contains("\tat dev.onda.cli.MainTest");
    }

    @Test
    void anErrorOfTheVirtualMachineEndsTheProcessToo() {
        assertThat(fake("fail", "--with", "out_of_memory")).isEqualTo(1);
        assertThat(err.toString()).startsWith("onda: ").contains("OutOfMemoryError");
    }

    @ParameterizedTest
    @CsvSource({"Broken pipe, 0, ''", "No space left on device, 2, 'onda: the results could not be written'"})
    void aReaderThatHasReadEnoughIsNoFailure(String why, int status, String told) {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
        PrintWriter results = StandardOutput.of(closed, StandardCharsets.UTF_8);
        assertThat(new Main(results, new PrintWriter(err)).execute("models")).isEqualTo(status);
        assertThat(err.toString()).startsWith(told);
        assertThat(err.toString().isEmpty()).isEqualTo(told.isEmpty());
    }

    @Test
    void everyLineOfTheHelpIsASentence() {
        assertThat(onda("--help")).isZero();
        assertThat(out.toString()).contains("Lists the networks that onda train --model knows.\n");
    }

    private int onda(String... args) {
        return new Main(new PrintWriter(out), new PrintWriter(err)).execute(args);
    }

    private int fake(String... args) {
        return new Main(new Fake(), new PrintWriter(out), new PrintWriter(err)).execute(args);
    }

    static final class Fake extends Command {
        Fake() {
            super("fake");
            add(new Fail());
        }

        @Override
        int call() {
            return 0;
        }
    }

    enum Failure {
        NOTHING,
        USER_ERROR,
        REFUSAL,
        MISSING_FILE,
        BAD_DATA,
        DEFECT,
        OUT_OF_MEMORY
    }

    static final class Fail extends Command {
        private final Supplier<Failure> failure = option(Failure.class, "--with", "FAILURE", Failure.NOTHING);

        Fail() {
            super("fail");
        }

        @Override
        int call() throws IOException {
            return switch (failure.get()) {
                case NOTHING -> 7;
                case USER_ERROR -> throw new UserError("expected 8000 Hz, found 16000 Hz");
                case REFUSAL -> UserError.ifRefused(() -> refuse("a kernel is odd, not 4"));
                case MISSING_FILE -> throw new NoSuchFileException("words/yes");
                case BAD_DATA ->
                    throw new UncheckedIOException(new IOException("a.wav, byte 20: expected PCM\n  found GSM"));
                case DEFECT -> refuse("wrong");
                case OUT_OF_MEMORY -> throw new OutOfMemoryError("pretended");
            };
        }

        private static int refuse(String message) {
            throw new IllegalArgumentException(message);
        }
    }
}

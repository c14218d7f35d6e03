package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs in a row, with processes that a test lets end. */
@Timeout(60)
class ProgramRunnerTest {

    private static final Duration LONG = Duration.ofSeconds(50);

    private final StringWriter said = new StringWriter();
    private final PrintWriter err = new PrintWriter(said);
    private final List<String> started = new CopyOnWriteArrayList<>();
    private final Semaphore starts = new Semaphore(0);
    private final Semaphore mayEnd = new Semaphore(0);

    /** A program that ends when it may, with the status that is its name, and prints its argument. */
    private final class Fake extends Process {
        private final List<String> command;
        private final CountDownLatch isDestroyed = new CountDownLatch(1);

        Fake(List<String> command) {
            this.command = command;
        }

        @Override
        public OutputStream getOutputStream() {
            return OutputStream.nullOutputStream();
        }

        @Override
        public InputStream getInputStream() {
            return new ByteArrayInputStream((command.getLast() + "\n").getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public InputStream getErrorStream() {
            return InputStream.nullInputStream();
        }

        @Override
        public int waitFor() throws InterruptedException {
            mayEnd.acquire();
            return exitValue();
        }

        @Override
        public int exitValue() {
            return isDestroyed.getCount() == 0 ? 143 : Integer.parseInt(command.getFirst());
        }

        @Override
        public Stream<ProcessHandle> descendants() {
            return Stream.of();
        }

        @Override
        public void destroy() {
            isDestroyed.countDown();
            mayEnd.release();
        }
    }

    private ProgramRunner runner(Duration patience) {
        return new ProgramRunner(
                command -> {
                    if (command.getFirst().equals("missing")) {
                        throw new IOException("no program missing");
                    }
                    started.add(command.getLast());
                    starts.release();
                    return new Fake(command);
                },
                err,
                patience);
    }

    private List<String> words(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }

    @Test
    void oneAtATimeInOrderAndTheRestIsDroppedWithANote() throws InterruptedException {
        try (ProgramRunner runner = runner(LONG)) {
            runner.run(List.of("0", "0"));
            starts.acquire();
            words(1, 20).forEach(word -> runner.run(List.of("0", word)));
            assertThat(started).containsExactly("0");
            mayEnd.release(100);
        }
        assertThat(started).isEqualTo(words(0, 17));
        assertThat(said.toString().lines().filter(line -> line.startsWith("onda: ")))
                .containsExactly(
                        "onda: --exec: more than 16 programs wait; what is heard meanwhile runs none (said once)",
                        "onda: --exec: for 3 words no program was run to its end: they took too long");
        assertThat(said.toString().lines().filter(line -> !line.startsWith("onda: ")))
                .as("what they print")
                .isEqualTo(words(0, 17));
    }

    @Test
    void eachWayToFailIsToldOnce() {
        mayEnd.release(100);
        try (ProgramRunner runner = runner(LONG)) {
            Stream.of("3", "missing", "3", "0", "missing", "4", "3").forEach(name -> runner.run(List.of(name, name)));
        }
        assertThat(said.toString().lines().filter(line -> line.startsWith("onda: ")))
                .containsExactly(
                        "onda: --exec: 3 ended with status 3 (said once)",
                        "onda: --exec: no program missing (said once)",
                        "onda: --exec: 4 ended with status 4 (said once)",
                        "onda: --exec: 6 of 7 programs failed");
        assertThat(started).containsExactly("3", "3", "0", "4", "3");
    }

    @Test
    void whatTakesTooLongIsEnded() throws InterruptedException {
        try (ProgramRunner runner = runner(Duration.ofMillis(1))) {
            words(0, 3).forEach(word -> runner.run(List.of("0", word)));
            starts.acquire();
        }
        assertThat(started).containsExactly("0");
        assertThat(said.toString())
                .isEqualToNormalizingNewlines(
                        "0\nonda: --exec: for 3 words no program was run to its end: they took too long\n");
    }

    @Test
    void nothingToDoIsDoneAtOnce() {
        runner(LONG).close();
        assertThat(said.toString()).isEmpty();
    }
}

package dev.onda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private Instant now = Instant.EPOCH;

    @Test
    void saysSomethingEveryTenSecondsAndAtTheEnd() {
        try (Progress progress = lines(new Task("training", 512, Task.Unit.CLIPS))) {
            for (int second = 1; second <= 16; second++) {
                now = Instant.ofEpochSecond(second);
                progress.message("epoch " + (second > 8 ? 2 : 1));
                progress.advance(32);
            }
        }
        assertThat(written.toString(UTF_8).lines())
                .containsExactly(
                        "training: 320/512 clips (62 %), 32.0 clips/s, 0:06 left, epoch 2",
                        "training: 512/512 clips (100 %), 32.0 clips/s, took 0:16, epoch 2");
    }

    @Test
    void countsInUnitsOfManySteps() {
        try (Progress progress = lines(new Task("download", 5 << 20, Task.Unit.MEBIBYTES))) {
            now = Instant.ofEpochSecond(2);
            progress.reach(3 << 20);
        }
        assertThat(written.toString(UTF_8)).isEqualTo("download: 3/5 MiB (60 %), 1.5 MiB/s, took 0:02\n");
    }

    @Test
    void leavesOutWhatAnUnknownLengthCannotTell() {
        try (Progress progress = lines(new Task("listening", 0, new Task.Unit("windows", 1)))) {
            now = Instant.ofEpochSecond(75);
            progress.advance(150);
        }
        assertThat(written.toString(UTF_8).lines())
                .containsExactly(
                        "listening: 150 windows, 2.0 windows/s", "listening: 150 windows, 2.0 windows/s, took 1:15");
    }

    @Test
    void leavesWhatAnEarlierRunDidOutOfTheRate() {
        try (Progress progress = lines(new Task("training", 400, Task.Unit.CLIPS, 200))) {
            now = Instant.ofEpochSecond(10);
            progress.advance(100);
        }
        assertThat(written.toString(UTF_8).lines())
                .first()
                .isEqualTo("training: 300/400 clips (75 %), 10.0 clips/s, 0:10 left");
    }

    @Test
    void endsOnlyOnce() {
        Progress progress = lines(new Task("reading", 1, Task.Unit.CLIPS));
        progress.close();
        progress.close();
        assertThat(written.toString(UTF_8).lines()).hasSize(1);
    }

    @Test
    void drawsABarOnATerminal() {
        PrintStream terminal = new PrintStream(written, true, UTF_8);
        try (Progress progress = new ProgressBarDisplay(new Task("training", 10, Task.Unit.CLIPS), terminal)) {
            progress.message("loss 0.42");
            progress.advance(10);
        }
        assertThat(written.toString(UTF_8)).contains("training", "100%", "10/10 clips");
    }

    @Test
    void refusesANegativeLength() {
        assertThatThrownBy(() -> new Task("training", -1, Task.Unit.CLIPS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a task has 0 steps or more, not -1");
    }

    private Progress lines(Task task) {
        return Progress.lines(task, new PrintStream(written, true, UTF_8), () -> now);
    }
}

package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Partition;
import dev.onda.recognize.StreamModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that hears beeps, in streams: what it hears, what that costs, many at once. */
class StreamHearingTest {

    @TempDir
    private static Path folder;

    private static ClipStore store;

    private final StreamModel model = new StreamModel(Beeps.model());

    @BeforeAll
    static void prepare() throws IOException {
        store = Beeps.store(folder, 4, 20, true);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static TestStream stream() {
        return new TestStream(Beeps.material(store, Partition.VALIDATION), new TestStreamPlan(2, 20, 1));
    }

    @Test
    void hearsTheWordsAndNothingElse() {
        TestStream stream = stream();
        List<Double> progress = new ArrayList<>();
        StreamHearing hearing = StreamHearing.of(model, stream, progress::add);
        StreamScore score = StreamScore.of(stream.events(), hearing.heard(), hearing.hours());
        assertThat(score.words()).isGreaterThan(20);
        assertThat(score.right()).isEqualTo(score.words());
        assertThat(score.falseAccepts()).isZero();
        assertThat(score.delayMs(1).orElseThrow()).isBetween(-300.0, 300.0);
        assertThat(hearing.seconds()).isCloseTo(120, within(1e-9));
        assertThat(hearing.realTimeFactor()).isPositive().isLessThan(1);
        assertThat(progress).isSorted().hasSize(120).endsWith(120.0);
    }

    @Test
    void posteriorsThatWereKeptGiveTheSameDetections() {
        StreamHearing hearing = StreamHearing.of(model, stream(), seconds -> {});
        assertThat(hearing.posteriors().windows()).isEqualTo((int) (120.5 / 0.064));
        assertThat(hearing.posteriors().decode(Beeps.SETTINGS))
                .isEqualTo(hearing.heard())
                .isNotEmpty();
    }

    @Test
    void memoryOfAStreamIsInProportionToItsWindow() {
        float[] sound = new float[2 * Beeps.WINDOW];
        stream().read(sound, 0, sound.length);
        assertThat(StreamMemory.bytesPerStream(model, sound, Beeps.RATE_HZ))
                .isBetween((long) Float.BYTES * Beeps.WINDOW, 1_000_000L);
    }

    @Test
    void everyStreamGetsItsChunks() {
        float[] sound = new float[Beeps.RATE_HZ];
        stream().read(sound, 0, sound.length);
        StreamLoad load = StreamLoad.of(model, sound, Beeps.RATE_HZ, 5, 0.3);
        assertThat(load.streams()).isEqualTo(5);
        assertThat(load.chunks()).isEqualTo(5 * 15);
        assertThat(load.late()).isBetween(0L, load.chunks());
        assertThat(load.worstMs()).isPositive();
        assertThat(load.threads()).isBetween(1, 5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StreamLoad.of(model, sound, Beeps.RATE_HZ, 0, 1))
                .withMessage("at least 1 stream, 1 chunk and 160 samples are needed, not 0, 50 and 8000");
    }
}

package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.onda.augment.Level;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.Partition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestStreamTest {

    private static final double LEVEL = 0.05;

    @TempDir
    private static Path folder;

    private static ClipStore store;

    @BeforeAll
    static void prepare() throws IOException {
        store = Beeps.store(folder, 4, 20, true);
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static TestStream stream(double minutes, double snrDb, long seed) {
        return new TestStream(Beeps.material(store, Partition.VALIDATION), new TestStreamPlan(minutes, snrDb, seed));
    }

    private static float[] all(TestStream stream, int piece) {
        float[] x = new float[(int) Math.round(stream.seconds() * stream.sampleRateHz())];
        int at = 0;
        for (int some = -1; some != 0; at += some) {
            some = stream.read(x, at, Math.min(piece, x.length - at));
        }
        assertThat(at).isEqualTo(x.length);
        return x;
    }

    private static double decibels(double ratio) {
        return 20 * Math.log10(ratio);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 3_999, 4_000, 4_001, 100_000})
    void theSameSeedGivesTheSameBitsInAnyPieces(int piece) {
        float[] whole = all(stream(0.5, 10, 1), 240_000);
        assertThat(all(stream(0.5, 10, 1), piece)).isEqualTo(whole);
        assertThat(stream(0.5, 10, 1).events()).isEqualTo(stream(0.5, 10, 1).events());
    }

    @Test
    void anotherSeedGivesAnotherStream() {
        assertThat(stream(0.5, 10, 2).events()).isNotEqualTo(stream(0.5, 10, 1).events());
        assertThat(all(stream(0.5, 10, 2), 4_000)).isNotEqualTo(all(stream(0.5, 10, 1), 4_000));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-5, 0, 10, 20})
    void everyClipLiesTheRatioAboveTheBackground(double snrDb) {
        TestStream stream = stream(2, 100, 5);
        List<StreamEvent> events = stream.events();
        float[] clips = all(stream, 4_000);
        float[] x = all(stream(2, snrDb, 5), 4_000);
        float[] background = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            background[i] = x[i] - clips[i];
        }
        double level = Level.rms(background, 0, background.length);
        assertThat(decibels(LEVEL / level)).isCloseTo(snrDb, within(0.1));
        for (int second = 0; second < 120; second++) {
            double there = Level.rms(background, second * Beeps.RATE_HZ, Beeps.RATE_HZ);
            assertThat(decibels(there / level)).as("second %d", second).isCloseTo(0, within(0.5));
        }
        for (StreamEvent event : events) {
            int from = (int) Math.round((event.start() - Beeps.FROM) * Beeps.RATE_HZ);
            assertThat(decibels(Level.rms(clips, from, Beeps.WINDOW) / LEVEL))
                    .as("%s", event)
                    .isCloseTo(0, within(0.1));
        }
    }

    @Test
    void timesAreThoseOfTheSound() {
        TestStream stream = stream(1, 100, 3);
        List<StreamEvent> events = stream.events();
        float[] x = all(stream, 4_000);
        double last = 0;
        for (StreamEvent event : events) {
            assertThat(event.end() - event.start()).isCloseTo(Beeps.TO - Beeps.FROM, within(0.0101));
            assertThat(event.start() - last).isGreaterThanOrEqualTo(0.5);
            last = event.end();
            int from = (int) Math.round(event.start() * Beeps.RATE_HZ);
            int length = (int) Math.round((event.end() - event.start()) * Beeps.RATE_HZ);
            assertThat(Level.rms(x, from, length)).isGreaterThan(LEVEL);
            assertThat(Level.rms(x, from - 240, 200)).isLessThan(LEVEL / 100);
            assertThat(Level.rms(x, from + length + 40, 200)).isLessThan(LEVEL / 100);
        }
        assertThat(last).isLessThanOrEqualTo(59);
    }

    @Test
    void oneEventInFourIsOtherSpeech() {
        List<StreamEvent> events = stream(60, 10, 1).events();
        assertThat(events).hasSizeBetween(1_300, 1_600);
        assertThat(events)
                .filteredOn(e -> e.kind() != StreamEvent.Kind.WORD)
                .hasSizeBetween(events.size() / 5, events.size() * 3 / 10)
                .allMatch(e -> e.word().equals("hiss"));
        assertThat(events.getFirst().kind()).isEqualTo(StreamEvent.Kind.WORD);
    }

    @Test
    void whereThereIsTooLittleOtherSpeechWordsAreHeardBackwards() {
        StreamMaterial all = Beeps.material(store, Partition.VALIDATION);
        StreamMaterial few = new StreamMaterial(store, all.words(), Arrays.copyOf(all.unknown(), 3), all.background());
        assertThat(all.hasReversed()).isFalse();
        assertThat(few.hasReversed()).isTrue();
        List<StreamEvent> events = new TestStream(few, new TestStreamPlan(10, 10, 1)).events();
        assertThat(events)
                .extracting(StreamEvent::kind)
                .contains(StreamEvent.Kind.UNKNOWN_WORD, StreamEvent.Kind.REVERSED_WORD);
    }

    /** A word that grows from soft to loud falls from loud to soft when it is turned around. */
    @Test
    void backwardsIsBackwards(@TempDir Path own) throws IOException {
        try (ClipStore clips = Beeps.store(own, 4, 0, false)) {
            StreamMaterial material = Beeps.material(clips, Partition.VALIDATION);
            TestStream stream = new TestStream(material, new TestStreamPlan(1, 100, 2));
            StreamEvent event = stream.events().stream()
                    .filter(e -> e.kind() == StreamEvent.Kind.REVERSED_WORD)
                    .findFirst()
                    .orElseThrow();
            float[] x = all(stream, 4_000);
            int from = (int) Math.round((event.start() - 0.1) * Beeps.RATE_HZ);
            double[] best = new double[2];
            for (int i : material.words()) {
                float[] clip = new float[Beeps.WINDOW];
                clips.read(i, clip, 0);
                double norm = Level.rms(clip, 0, clip.length) * LEVEL * clip.length;
                for (int backwards = 0; backwards < 2; backwards++) {
                    double sum = 0;
                    for (int t = 0; t < clip.length; t++) {
                        sum += clip[backwards == 0 ? t : clip.length - 1 - t] * x[from + t];
                    }
                    best[backwards] = Math.max(best[backwards], sum / norm);
                }
            }
            assertThat(best[1]).isGreaterThan(0.999);
        }
    }

    @Test
    void partitionsAreKeptApart() {
        for (Partition partition : Partition.values()) {
            StreamMaterial material = Beeps.material(store, partition);
            assertThat(material.words()).hasSize(8);
            assertThat(material.unknown()).hasSize(20);
            for (int i : material.words()) {
                assertThat(store.clip(i).partition()).isEqualTo(partition);
            }
            // At -30 dB the background is nearly all there is. It holds a tone in training and in testing, another in
            // each.
            float[] x = all(new TestStream(material, new TestStreamPlan(0.5, -30, 1)), 4_000);
            assertThat(tone(x, 500) > 0.4).isEqualTo(partition == Partition.TRAINING);
            assertThat(tone(x, 1_500) > 0.4).isEqualTo(partition == Partition.TESTING);
        }
    }

    /** The share of a tone in the energy of a tenth of a second, on average. */
    private static double tone(float[] x, double hertz) {
        int n = Beeps.RATE_HZ / 10;
        double share = 0;
        for (int from = 0; from < x.length; from += n) {
            double re = 0;
            double im = 0;
            for (int t = 0; t < n; t++) {
                re += x[from + t] * Math.cos(2 * Math.PI * hertz * t / Beeps.RATE_HZ);
                im += x[from + t] * Math.sin(2 * Math.PI * hertz * t / Beeps.RATE_HZ);
            }
            double rms = Level.rms(x, from, n);
            share += 2 * (re * re + im * im) / (n * (double) n * rms * rms);
        }
        return share * n / x.length;
    }

    @Test
    void withoutBackgroundThereIsWhiteNoiseOfTheSameLevel() {
        StreamMaterial all = Beeps.material(store, Partition.VALIDATION);
        StreamMaterial none = new StreamMaterial(store, all.words(), all.unknown(), List.of());
        float[] x = all(new TestStream(none, new TestStreamPlan(1, -20, 1)), 4_000);
        assertThat(decibels(Level.rms(x, 0, x.length) / LEVEL)).isCloseTo(20, within(0.1));
        StreamMaterial silent =
                new StreamMaterial(store, all.words(), all.unknown(), List.of(new float[8_000], new float[3]));
        assertThat(all(new TestStream(silent, new TestStreamPlan(1, -20, 1)), 4_000))
                .isEqualTo(x);
    }

    @Test
    void refusesWhatGivesNoStream() {
        StreamMaterial all = Beeps.material(store, Partition.VALIDATION);
        StreamMaterial wordless = new StreamMaterial(store, new int[0], all.unknown(), List.of());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestStream(wordless, new TestStreamPlan(1, 10, 1)))
                .withMessage("no clip of the model's words");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestStreamPlan(0.01, 10, 1))
                .withMessage("a stream of 0.1 to 1,440 minutes is expected, not 0.01");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TestStreamPlan(1, Double.NaN, 1))
                .withMessage("a signal-to-noise ratio of -30 to 100 dB is expected, not NaN");
        assertThat(stream(0.1, 10, 1).events()).isNotEmpty();
    }
}

package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.onda.audio.Wave;
import dev.onda.model.InputFormat;
import dev.onda.model.Memory;
import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.model.Provenance;
import dev.onda.model.StreamSettings;
import dev.onda.nn.Initialization;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.ScalarKernels;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A model of which one can say by hand what it hears: "low" in slow waves, "high" in fast ones, else silence. */
final class StreamRecognizerTest {

    private static final int RATE_HZ = 8_000;
    private static final int WINDOW = 4_000;
    private static final StreamSettings SETTINGS = new StreamSettings(64, 128, 1, 0.7, 0.35, 256, 0);

    private static Model model() {
        Network network = new Network(
                List.of(
                        Layer.Conv1d.of("c", 2, 2, Padding.VALID),
                        new Layer.Activation(Activation.RELU),
                        new Layer.GlobalAveragePool(),
                        new Layer.Dense("out", 3)),
                new Shape(1, WINDOW));
        fill(network, 0, 1, 1, -1, 1);
        fill(network, 2, 60, 0, 0, 60, 0, 0);
        fill(network, 3, 0, 0, 2);
        return model(network, Normalization.NONE);
    }

    private static void fill(Network network, int parameter, float... values) {
        System.arraycopy(values, 0, network.parameters().get(parameter).values(), 0, values.length);
    }

    private static Model model(Network network, Normalization normalization) {
        InputFormat input = new InputFormat(RATE_HZ, WINDOW, normalization);
        List<String> words = List.of("low", "high", Model.SILENCE);
        return new Model("by hand", network, words, input, 0, SETTINGS, Memory.NONE, Provenance.NONE);
    }

    /** Soft noise with a low tone from 1.0 to 1.5 s and a high one from 3.0 to 3.5 s, 5 s in all. */
    private static float[] sound(int rateHz) {
        SplittableRandom random = new SplittableRandom(7);
        float[] x = new float[5 * rateHz];
        for (int i = 0; i < x.length; i++) {
            double t = i / (double) rateHz;
            double tone = t >= 1 && t < 1.5 ? 200 : t >= 3 && t < 3.5 ? 3_000 : 0;
            x[i] = (float) (0.002 * random.nextGaussian() + 0.4 * Math.sin(2 * Math.PI * tone * t));
        }
        return x;
    }

    private static List<Detection> heard(StreamModel model, float[] sound, int chunk) {
        List<Detection> heard = new ArrayList<>();
        StreamRecognizer stream = model.open(RATE_HZ, 1, heard::add);
        for (int at = 0; at < sound.length; at += chunk) {
            stream.push(sound, at, Math.min(chunk, sound.length - at));
        }
        stream.finish();
        return heard;
    }

    @Test
    void namesEachWordOnceAndSaysWhen() {
        List<Detection> heard = heard(new StreamModel(model()), sound(RATE_HZ), 160);

        assertThat(heard).extracting(Detection::word).containsExactly("low", "high");
        assertThat(heard.getFirst().start()).isCloseTo(1, within(0.05));
        assertThat(heard.getLast().start()).isCloseTo(3, within(0.05));
        for (Detection detection : heard) {
            assertThat(detection.score()).isBetween(0.7, 1.0);
            assertThat(detection.time()).isBetween(detection.start(), detection.start() + 0.7);
            assertThat(detection.end()).isBetween(detection.start(), detection.time());
            assertThat(detection.delay()).isEqualTo(detection.time() - detection.end());
        }
    }

    /** As of a clip that ends with its word. */
    @Test
    void hearsAWordThatTheSoundEndsWith() {
        float[] sound = Arrays.copyOf(sound(RATE_HZ), (int) (1.15 * RATE_HZ));
        StreamModel model = new StreamModel(model());
        List<Detection> heard = new ArrayList<>();
        StreamRecognizer stream = model.open(RATE_HZ, 1, heard::add);
        stream.push(sound);
        assertThat(heard).isEmpty();
        stream.finish();
        assertThat(heard).extracting(Detection::word).containsExactly("low");
        assertThat(heard.getFirst().time()).isEqualTo(1.15);
        assertThat(stream.seconds()).isEqualTo(1.15);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 511, 512, 513, 1_024, 40_000})
    void chunksOfAnySizeAreHeardAlike(int chunk) {
        StreamModel model = new StreamModel(model());
        assertThat(heard(model, sound(RATE_HZ), chunk)).isEqualTo(heard(model, sound(RATE_HZ), 160));
    }

    @ParameterizedTest
    @CsvSource({"16000, 1", "44100, 1", "48000, 2", "22050, 3", "8000, 2"})
    void ratesAndChannelsOfAllKindsAreHeard(int rateHz, int channels) {
        float[] mono = sound(rateHz);
        float[] all = new float[mono.length * channels];
        for (int i = 0; i < all.length; i++) {
            // The channels differ, their average is the sound.
            all[i] = mono[i / channels] + 0.1f * (i % channels - (channels - 1) / 2f);
        }
        List<Detection> heard = new ArrayList<>();
        StreamRecognizer stream = new StreamModel(model()).open(rateHz, channels, heard::add);
        for (int at = 0; at < all.length; at += 1_001) {
            stream.push(all, at, Math.min(1_001, all.length - at));
        }
        stream.finish();
        assertThat(heard).extracting(Detection::word).containsExactly("low", "high");
        assertThat(stream.seconds()).isCloseTo(5, within(1e-3));
    }

    @Test
    void bytesAreHeardAsTheirSamples() {
        float[] sound = sound(RATE_HZ);
        byte[] bytes = new byte[2 * sound.length];
        for (int i = 0; i < sound.length; i++) {
            int sample = Math.round(sound[i] * 32_768);
            sound[i] = sample * 0x1p-15f;
            bytes[2 * i] = (byte) sample;
            bytes[2 * i + 1] = (byte) (sample >> 8);
        }
        StreamModel model = new StreamModel(model());
        List<Detection> heard = new ArrayList<>();
        StreamRecognizer stream = model.open(RATE_HZ, 1, heard::add);
        for (int at = 0; at < bytes.length; at += 333) {
            stream.pushPcm16(bytes, at, Math.min(333, bytes.length - at));
        }
        assertThat(heard).isEqualTo(heard(model, sound, 160)).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Normalization.class)
    void hearsWhatWholeWindowsHold(Normalization normalization) {
        Network network = new Network(
                        List.of(
                                Layer.Conv1d.of("c1", 4, 60, Padding.SAME),
                                new Layer.Activation(Activation.TANH),
                                new Layer.MaxPool(4),
                                Layer.Conv1d.of("c2", 8, 30, Padding.SAME),
                                new Layer.BatchNorm("n", 1e-3, 0.9),
                                new Layer.Activation(Activation.RELU),
                                new Layer.Flatten(),
                                new Layer.Dense("out", 3)),
                        new Shape(1, WINDOW))
                .initialize(Initialization.GLOROT_UNIFORM, new SplittableRandom(3));
        Model model = model(network, normalization);
        float[] sound = sound(RATE_HZ);
        StreamRecognizer stream = new StreamModel(model).open(RATE_HZ, 1, _ -> {});
        Recognizer whole = new Recognizer(model);
        int[] judged = {0, 0};
        stream.tap((time, posteriors) -> {
            judged[posteriors.length == 0 ? 0 : 1]++;
            int end = (int) Math.round(time * RATE_HZ);
            if (posteriors.length > 0 && end >= WINDOW) {
                Recognition expected = whole.recognize(new Wave(Arrays.copyOfRange(sound, end - WINDOW, end), RATE_HZ));
                for (Recognition.Guess guess : expected.ranking()) {
                    assertThat((double) posteriors[model.words().indexOf(guess.word())])
                            .as("%s at %s s", guess.word(), time)
                            .isCloseTo(guess.score(), within(1e-4));
                }
            }
        });
        stream.push(sound);
        assertThat(judged[0]).as("quiet windows").isGreaterThan(20);
        assertThat(judged[1]).as("judged windows").isGreaterThan(20);
    }

    @Test
    void manyStreamsAtOnceHearWhatEachAloneWould() throws Exception {
        StreamModel model = new StreamModel(model(), 2);
        List<Detection> alone = heard(model, sound(RATE_HZ), 160);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<List<Detection>>> tasks = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                int chunk = 100 + 10 * i;
                tasks.add(() -> heard(model, sound(RATE_HZ), chunk));
            }
            for (Future<List<Detection>> future : threads.invokeAll(tasks)) {
                assertThat(future.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void whatIsNotFiniteCountsAsSilence() {
        float[] sound = sound(RATE_HZ);
        sound[100] = Float.NaN;
        sound[4_000] = Float.POSITIVE_INFINITY;
        assertThat(heard(new StreamModel(model()), sound, 160))
                .extracting(Detection::word)
                .containsExactly("low", "high");
    }

    /** On the plain kernels, as vectors are objects until they are compiled. */
    @Test
    void allocatesNothingInSteadyState() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        StreamModel model = new StreamModel(model(), 1, new ScalarKernels());
        for (int rateHz : new int[] {8_000, 44_100}) {
            float[] sound = sound(rateHz);
            StreamRecognizer stream = model.open(rateHz, 1, _ -> {});
            stream.push(sound, 0, sound.length / 2);
            int chunk = rateHz / 50;
            int from = sound.length / 2;
            stream.push(sound, from, rateHz);
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int at = from + rateHz; at + chunk <= sound.length; at += chunk) {
                stream.push(sound, at, chunk);
            }
            // A detection, and the count of the resampler's outputs, which may grow by one.
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("bytes in 1.5 s at %s Hz", rateHz)
                    .isLessThan(1_000);
        }
    }

    @Test
    void refusesWhatItCannotHear() {
        StreamModel model = new StreamModel(model());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.open(RATE_HZ, 0, _ -> {}))
                .withMessage("a stream has at least 1 channel, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.open(1, 1, _ -> {}))
                .withMessageContaining("cannot resample 1 Hz to 8000 Hz");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StreamModel(model(), 0))
                .withMessage("at least 1 window at once is judged, not 0");
        StreamRecognizer stream = model.open(RATE_HZ, 1, _ -> {});
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> stream.push(new float[3], 2, 2));
    }
}

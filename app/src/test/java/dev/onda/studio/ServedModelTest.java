package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.Wave;
import dev.onda.recognize.Recognition;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelTest {

    /** A window lasts a second: with hops of an eighth, 8 seconds have about 56 whole ones. */
    private static final int WINDOWS = 50;

    @TempDir
    private Path folder;

    /** Noise that the gate keeps out would warm nothing. */
    @Test
    void warmUpBringsWindowsThroughTheNetwork() throws Exception {
        ServedModel served = new ServedModel(Shelf.BOX, new TestStudio.Box(folder).box(), 1);

        int windows = served.warmUp();

        assertThat(windows).isGreaterThanOrEqualTo(WINDOWS);
    }

    @Test
    void hearsTheSameColdAndWarm() throws Exception {
        ServedModel served = ServedModel.cold(Shelf.BOX, new TestStudio.Box(folder).box(), 1);
        float[] samples = new float[served.model().input().sampleRateHz()];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(0.1 * i) + 0.1 * Math.sin(0.7 * i));
        }
        Wave clip = new Wave(samples, samples.length);
        Recognition cold = served.recognize(clip);

        served.warmUp();

        Recognition warm = served.recognize(clip);
        assertThat(warm.word()).isEqualTo(cold.word());
        assertThat(warm.score()).isCloseTo(cold.score(), within(1e-4));
    }
}

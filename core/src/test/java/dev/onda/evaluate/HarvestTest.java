package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.audio.SampleFormat;
import dev.onda.audio.WavStream;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.recognize.StreamModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HarvestTest {

    private static final int BEEPS = 5;
    private final StreamModel model = new StreamModel(Beeps.model(), 1);
    private final List<Harvest.Find> finds = new ArrayList<>();

    /** Soft noise with a low beep of 0.3 s at each of the seconds 1, 3, 5 and so on. */
    private static float[] recording(int rateHz) {
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[(2 * BEEPS + 1) * rateHz];
        for (int t = 0; t < x.length; t++) {
            double second = t / (double) rateHz;
            double beep = second % 2 >= 1 && second % 2 < 1.3 ? 0.1 : 0;
            x[t] = (float) (beep * Math.sin(2 * Math.PI * 300 * second) + 0.001 * random.nextGaussian());
        }
        return x;
    }

    private double listen(float[] recording, int rateHz, int limit) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WavWriter.write(out, new Wave(recording, rateHz), SampleFormat.FLOAT_32);
        try (WavStream source = WavStream.open(new ByteArrayInputStream(out.toByteArray()), "x.wav")) {
            return Harvest.of(
                    model,
                    source,
                    find -> {
                        finds.add(find);
                        return finds.size() < limit;
                    },
                    seconds -> {});
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8_000, 16_000, 44_100, 6_000})
    void cutsOutTheWindowsOfDetections(int rateHz) throws IOException {
        float[] recording = recording(rateHz);
        assertThat(listen(recording, rateHz, 100)).isCloseTo(2 * BEEPS + 1, within(1e-9));
        assertThat(finds).hasSize(BEEPS);
        for (int i = 0; i < BEEPS; i++) {
            Harvest.Find find = finds.get(i);
            assertThat(find.detection().word()).isEqualTo("low");
            assertThat(find.detection().time()).isBetween(2 * i + 1.0, 2 * i + 1.8);
            assertThat(find.clip().sampleRateHz()).isEqualTo(rateHz);
            assertThat(find.clip().seconds()).isCloseTo(0.5, within(1e-3));
            int end = (int) Math.round(find.detection().time() * rateHz);
            float[] there = new float[find.clip().samples().length];
            System.arraycopy(recording, end - there.length, there, 0, there.length);
            assertThat(find.clip().samples()).isEqualTo(there);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stopsWhenNoMoreIsWanted(int limit) throws IOException {
        assertThat(listen(recording(8_000), 8_000, limit)).isBetween(2.0 * limit - 1, 2.0 * limit);
        assertThat(finds).hasSize(limit);
    }
}

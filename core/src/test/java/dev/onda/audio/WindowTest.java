package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class WindowTest {

    @Test
    void padsHalfAndHalfWithEdgeValues() {
        assertThat(Window.fit(new float[] {1, 2}, 6)).containsExactly(1, 1, 1, 2, 2, 2);
    }

    @Test
    void putsTheOddSampleOnTheRight() {
        assertThat(Window.fit(new float[] {1, 2}, 5)).containsExactly(1, 1, 2, 2, 2);
        assertThat(Window.fit(new float[] {1, 2}, 3)).containsExactly(1, 2, 2);
        assertThat(Window.fit(new float[] {3}, 2)).containsExactly(3, 3);
    }

    @Test
    void returnsAClipOfTheRightLengthItself() {
        float[] clip = {1, 2, 3};

        assertThat(Window.fit(clip, 3)).isSameAs(clip);
    }

    @Test
    void cutsTheLoudestStretch() {
        assertThat(Window.fit(new float[] {0, 1, -3, 2, 0}, 2)).containsExactly(-3, 2);
        assertThat(Window.fit(new float[] {0, 0, 0, 5}, 3)).containsExactly(0, 0, 5);
    }

    @Test
    void takesTheEarliestOfEquals() {
        assertThat(Window.fit(new float[] {1, 0, 1, 0, -1}, 1)).containsExactly(1);
        assertThat(Window.fit(new float[] {0, 7, 0, 0, 7, 1}, 4)).containsExactly(7, 0, 0, 7);
        assertThat(Window.fit(new float[] {2, 1, 2, 1, 2}, 2)).containsExactly(2, 1);
    }

    @Test
    void agreesWithTheSlowSearch() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            float[] clip = new float[1 + random.nextInt(100)];
            for (int i = 0; i < clip.length; i++) {
                clip[i] = random.nextInt(9) - 4;
            }
            int length = 1 + random.nextInt(clip.length);

            assertThat(Window.fit(clip, length)).as("seed %d", seed).isEqualTo(slowLoudest(clip, length));
        }
    }

    @Test
    void refusesNothingToPadAndNoLength() {
        assertThatThrownBy(() -> Window.fit(new float[0], 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a clip of 0 samples has no edge values to pad with");
        assertThatThrownBy(() -> Window.fit(new float[3], 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a window has at least 1 sample, not 0");
    }

    private static float[] slowLoudest(float[] clip, int length) {
        int best = 0;
        double most = -1;
        for (int start = 0; start + length <= clip.length; start++) {
            double energy = 0;
            for (int i = start; i < start + length; i++) {
                energy += clip[i] * clip[i];
            }
            if (energy > most) {
                most = energy;
                best = start;
            }
        }
        float[] window = new float[length];
        System.arraycopy(clip, best, window, 0, length);
        return window;
    }
}

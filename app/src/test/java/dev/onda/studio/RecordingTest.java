package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.audio.Wave;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RecordingTest {

    private static final int RATE_HZ = 16_000;

    /** A second with a tone of some amplitude in a part of it, from and to a share of it. */
    private static Wave tone(double amplitude, double from, double to) {
        float[] samples = new float[RATE_HZ];
        for (int i = (int) (from * RATE_HZ); i < to * RATE_HZ; i++) {
            samples[i] = (float) Math.clamp(amplitude * Math.sin(2 * Math.PI * 440 * i / RATE_HZ), -1, 1);
        }
        return new Wave(samples, RATE_HZ);
    }

    private static List<String> faults(String word, Wave wave) {
        JsonNode json = new Recording(word, "some", wave).json();
        return json.propertyNames().stream()
                .filter(name -> json.path(name).asBoolean(false))
                .toList();
    }

    @Test
    void findsNothingWrongWithAWordInItsMiddle() {
        assertThat(faults("yes", tone(0.5, 0.2, 0.8))).isEmpty();
    }

    @Test
    void findsWordsThatAreCutOff() {
        assertThat(faults("yes", tone(0.5, 0, 0.5))).containsExactly("isCutAtStart");
        assertThat(faults("yes", tone(0.5, 0.5, 1))).containsExactly("isCutAtEnd");
    }

    @Test
    void findsWhatIsTooQuietOrTooLoud() {
        assertThat(faults("yes", tone(0.01, 0.2, 1))).containsExactly("isQuiet");
        assertThat(faults("yes", tone(1.5, 0.2, 0.8))).containsExactly("isClipped");
    }

    @Test
    void asksBackgroundOnlyNotToBeTooLoud() {
        assertThat(faults(Words.BACKGROUND, tone(0.01, 0, 0.5))).isEmpty();
        assertThat(faults(Words.BACKGROUND, tone(1.5, 0, 0.5))).containsExactly("isClipped");
    }

    @Test
    void cannotMeasureAClick() {
        assertThatThrownBy(() -> new Recording("yes", "some", new Wave(new float[99], RATE_HZ)).json())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("20 ms");
    }
}

package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The resampler measured with tones. A tone's gain and residue come from the best fit of a sine and a cosine to the middle
 * of the output; the residue is all that is neither: aliases, mirrors, rounding.
 */
class ResamplerQualityTest {

    private static final int TONES = 25;
    private static final double MOST_RIPPLE_DB = 0.05;
    private static final double MOST_ALIAS_DB = -100;

    private record Fit(double gainDb, double phase, double residueDb) {}

    @ParameterizedTest
    @CsvSource({
        "16000, 8000",
        "44100, 16000",
        "48000, 16000",
        "8000, 16000",
        "22050, 16000",
        "11025, 8000",
        "44101, 16000"
    })
    void keepsTonesInTheirPassBand(int fromHz, int toHz) {
        double edge = 0.9 * Math.min(fromHz, toHz) / 2;
        for (int i = 0; i < TONES; i++) {
            double frequency = 20 + (edge - 20) * i / (TONES - 1);
            Fit fit = resampledTone(fromHz, toHz, frequency);

            assertThat(fit.gainDb).as("gain in dB at %.1f Hz", frequency).isBetween(-MOST_RIPPLE_DB, MOST_RIPPLE_DB);
            assertThat(fit.residueDb).as("residue in dB at %.1f Hz", frequency).isLessThan(MOST_ALIAS_DB);
            // Linear phase with the delay taken out: none is left, to within what the residue lets one see.
            assertThat(fit.phase).as("phase in radians at %.1f Hz", frequency).isBetween(-2e-6, 2e-6);
        }
    }

    /** Between 0.9 and 1.0 of the lower Nyquist frequency a tone may fade, but still has no mirror. */
    @ParameterizedTest
    @CsvSource({"8000, 16000", "11025, 16000", "16000, 44101"})
    void leavesNoMirrorsWhenGoingUp(int fromHz, int toHz) {
        for (int i = 0; i < TONES; i++) {
            double frequency = fromHz / 2.0 * (0.9 + 0.0995 * i / (TONES - 1));
            Fit fit = resampledTone(fromHz, toHz, frequency);
            double residueDb = fit.residueDb + Math.min(0, fit.gainDb);

            assertThat(residueDb).as("mirror in dB of %.1f Hz", frequency).isLessThan(MOST_ALIAS_DB);
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 8000", "44100, 16000", "48000, 16000", "22050, 16000", "11025, 8000", "44101, 16000"})
    void silencesWhatWouldAlias(int fromHz, int toHz) {
        double low = toHz / 2.0;
        double high = fromHz / 2.0;
        for (int i = 0; i < TONES; i++) {
            double frequency = low + (high - low) * i * i / (TONES * TONES);
            float[] output = Resampler.of(fromHz, toHz).resample(tone(fromHz, frequency));
            double power = 0;
            int edge = output.length / 4;
            for (int n = edge; n < output.length - edge; n++) {
                power += (double) output[n] * output[n];
            }
            double levelDb = 10 * Math.log10(2 * power / (output.length - 2 * edge));

            assertThat(levelDb).as("alias in dB of %.1f Hz", frequency).isLessThan(MOST_ALIAS_DB);
        }
    }

    private static Fit resampledTone(int fromHz, int toHz, double frequency) {
        float[] output = Resampler.of(fromHz, toHz).resample(tone(fromHz, frequency));
        return fit(output, 2 * Math.PI * frequency / toHz);
    }

    /** A quarter of a second of a sine of amplitude 1. */
    private static float[] tone(int rateHz, double frequency) {
        float[] samples = new float[rateHz / 4];
        for (int n = 0; n < samples.length; n++) {
            samples[n] = (float) Math.sin(2 * Math.PI * frequency * n / rateHz);
        }
        return samples;
    }

    /** Least squares of a sin + b cos over the middle half, by the normal equations. */
    private static Fit fit(float[] output, double step) {
        double ss = 0;
        double sc = 0;
        double cc = 0;
        double ys = 0;
        double yc = 0;
        int edge = output.length / 4;
        for (int n = edge; n < output.length - edge; n++) {
            double sine = Math.sin(step * n);
            double cosine = Math.cos(step * n);
            ss += sine * sine;
            sc += sine * cosine;
            cc += cosine * cosine;
            ys += output[n] * sine;
            yc += output[n] * cosine;
        }
        double determinant = ss * cc - sc * sc;
        double a = (ys * cc - yc * sc) / determinant;
        double b = (yc * ss - ys * sc) / determinant;
        double residue = 0;
        for (int n = edge; n < output.length - edge; n++) {
            double left = output[n] - a * Math.sin(step * n) - b * Math.cos(step * n);
            residue += left * left;
        }
        double amplitude = Math.hypot(a, b);
        double residueAmplitude = Math.sqrt(2 * residue / (output.length - 2 * edge));
        return new Fit(20 * Math.log10(amplitude), Math.atan2(b, a), 20 * Math.log10(residueAmplitude / amplitude));
    }
}

package dev.onda.report;

import dev.onda.audio.Wave;

/**
 * Short-time spectrum of a wave, to look at: Hann windows of 32 ms, a quarter of one apart. No recogniser of Onda sees it.
 *
 * @param decibels {@code [frequency][frame]}, relative to full scale, the lowest frequency first; not copied
 * @param nyquistHz the highest frequency
 * @param seconds length of the wave
 */
record Spectrogram(float[][] decibels, double nyquistHz, double seconds) {

    private static final double WINDOW_SECONDS = 0.032;
    private static final double QUIETEST = 1e-5;
    private static final double SHOWN_DB = 80;

    static Spectrogram of(Wave wave) {
        float[] samples = wave.samples();
        int window = Math.max(8, (int) Math.round(WINDOW_SECONDS * wave.sampleRateHz()));
        int hop = window / 4;
        int frames = Math.max(1, (samples.length - window) / hop + 1);
        int bins = window / 2;
        float[][] decibels = new float[bins][frames];
        double[] cosines = new double[window];
        double[] sines = new double[window];
        double[] hann = new double[window];
        for (int i = 0; i < window; i++) {
            cosines[i] = Math.cos(2 * Math.PI * i / window);
            sines[i] = Math.sin(2 * Math.PI * i / window);
            hann[i] = (1 - cosines[i]) * 2 / window;
        }
        for (int frame = 0; frame < frames; frame++) {
            for (int bin = 0; bin < bins; bin++) {
                double re = 0;
                double im = 0;
                for (int i = 0; i < window && frame * hop + i < samples.length; i++) {
                    double x = samples[frame * hop + i] * hann[i];
                    int turn = i * bin % window;
                    re += x * cosines[turn];
                    im += x * sines[turn];
                }
                decibels[bin][frame] = (float) (20 * Math.log10(Math.max(QUIETEST, Math.hypot(re, im))));
            }
        }
        return new Spectrogram(decibels, wave.sampleRateHz() / 2.0, wave.seconds());
    }

    HeatPlot plot(String title) {
        float loudest = Float.NEGATIVE_INFINITY;
        for (float[] row : decibels) {
            for (float value : row) {
                loudest = Math.max(loudest, value);
            }
        }
        double top = 10 * Math.ceil(loudest / 10);
        return new HeatPlot(
                title,
                Axis.of("time (s)", 0, seconds),
                Axis.of("frequency (Hz)", 0, nyquistHz),
                Axis.of("level (dB of full scale)", top - SHOWN_DB, top),
                decibels);
    }
}

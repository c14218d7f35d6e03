package dev.onda.report;

import dev.onda.audio.Resampler;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import dev.onda.augment.BackgroundNoise;
import dev.onda.augment.NoiseInjection;
import dev.onda.augment.Surroundings;
import dev.onda.evaluate.FirstFilter;
import dev.onda.model.Model;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** One clip taken apart: as recorded, resampled, with noise, its spectrogram, and what a learned filter makes of it. */
record ClipSections(Exploration found, Page page) {

    /** The article's rate. */
    private static final int LOW_HZ = 8_000;

    private static final double NOISE_AMPLITUDE = 0.03;
    private static final double NOISE_SNR_DB = 10;

    void clip() {
        Wave wave = found.wave();
        Wave low = resampled(wave, LOW_HZ);
        page.section("clip", "One clip: " + found.example());
        page.picture(
                "raw",
                Waveform.plot(String.format(Locale.ROOT, "As recorded, %,d Hz", wave.sampleRateHz()), wave),
                String.format(
                        Locale.ROOT,
                        "%,d samples. Numbers like these are all that a network gets.",
                        wave.samples().length));
        page.sound("as recorded", wave);
        if (wave.sampleRateHz() > LOW_HZ) {
            page.picture(
                    "resampled",
                    Waveform.plot(String.format(Locale.ROOT, "Resampled to %,d Hz", LOW_HZ), low),
                    String.format(
                            Locale.ROOT,
                            "What lies above 4,000 Hz is gone, and with it much of what tells s from f; of %,d samples %,d are left.",
                            wave.samples().length,
                            low.samples().length));
            page.sound("resampled", low);
        }
    }

    void noise() {
        Wave low = resampled(found.wave(), LOW_HZ);
        page.section("noise", "The same clip with noise");
        Surroundings none = new Surroundings(LOW_HZ, List.of());
        float[] noisy = low.samples().clone();
        new NoiseInjection(1, NOISE_AMPLITUDE).apply(noisy, 0, noisy.length, none, new SplittableRandom(1));
        page.picture(
                "noisy",
                Waveform.plot("With the article's noise: 0.03 × a number from 0 to 1", new Wave(noisy, LOW_HZ)),
                "The article adds it to copies of some clips, so that the network does not learn single samples by heart.");
        page.sound("with the article's noise", new Wave(noisy, LOW_HZ));
        if (found.background().length == 0) {
            return;
        }
        float[] back = Resampler.of(found.wave().sampleRateHz(), LOW_HZ).resample(found.background());
        float[] mixed = low.samples().clone();
        new BackgroundNoise(1, NOISE_SNR_DB, NOISE_SNR_DB)
                .apply(mixed, 0, mixed.length, new Surroundings(LOW_HZ, List.of(back)), new SplittableRandom(1));
        page.picture(
                "background",
                Waveform.plot("With background of the corpus, 10 dB softer", new Wave(mixed, LOW_HZ)),
                "This is nearer to what a microphone hears.");
        page.sound("with background", new Wave(mixed, LOW_HZ));
    }

    void spectrogram() {
        page.section("spectrogram", "Its spectrogram");
        page.picture(
                "spectrogram",
                Spectrogram.of(found.wave()).plot("Spectrogram of " + found.example()),
                "To look at only: Onda's networks get the samples and find filters of their own.");
    }

    void convolution(Model model) {
        Wave resampled = resampled(found.wave(), model.input().sampleRateHz());
        float[] window =
                Window.fit(resampled.samples(), model.input().windowSamples()).clone();
        model.input().normalization().apply(window, 0, window.length);
        Wave wave = new Wave(window, resampled.sampleRateHz());
        float[] taps = ConvolutionDrawing.loudest(wave, FirstFilter.of(model));
        ConvolutionDrawing drawing = ConvolutionDrawing.atItsLoudest(wave, taps);
        page.section("convolution", "A convolution with its real numbers");
        page.text(String.format(
                Locale.ROOT,
                "A filter of the first layer of the model in the box has %d taps. It is laid over as many samples, each sample is"
                        + " multiplied by the tap it lies under, and the products are added: one output. Then it moves on. The sound is"
                        + " here as the network gets it, brought to one loudness.",
                taps.length));
        page.picture(
                "convolution",
                drawing.plot(),
                String.format(
                        Locale.ROOT,
                        "At %.3f s of the clip, where this filter answers loudest: %s",
                        drawing.second(),
                        drawing.sumInFigures()));
        page.picture(
                "filtered",
                Waveform.plot("The whole clip through this filter", louder(ConvolutionDrawing.output(wave, taps))),
                "Scaled to full scale. The filter was learned: nobody told it what to let through.");
        page.sound("through the filter", louder(ConvolutionDrawing.output(wave, taps)));
    }

    private static Wave louder(Wave wave) {
        float most = 1e-9f;
        for (float sample : wave.samples()) {
            most = Math.max(most, Math.abs(sample));
        }
        float[] scaled = wave.samples().clone();
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] *= 0.9f / most;
        }
        return new Wave(scaled, wave.sampleRateHz());
    }

    private static Wave resampled(Wave wave, int hz) {
        return new Wave(Resampler.of(wave.sampleRateHz(), hz).resample(wave.samples()), hz);
    }
}

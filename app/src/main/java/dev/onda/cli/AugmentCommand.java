package dev.onda.cli;

import dev.onda.audio.AudioFile;
import dev.onda.audio.Resampler;
import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.augment.Augmentation;
import dev.onda.augment.BackgroundNoise;
import dev.onda.augment.BandDrop;
import dev.onda.augment.ChunkDrop;
import dev.onda.augment.ColouredNoise;
import dev.onda.augment.Gain;
import dev.onda.augment.Mixing;
import dev.onda.augment.NoiseInjection;
import dev.onda.augment.PolarityFlip;
import dev.onda.augment.Speed;
import dev.onda.augment.Surroundings;
import dev.onda.augment.TimeShift;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** {@code onda augment}: what augmentation sounds like. */
final class AugmentCommand extends Command {

    private final Supplier<Path> clip = parameter(Path.class, "CLIP", "Sound file.");

    private final Supplier<Path> out = required(Path.class, "--out", "DIR", "Folder for the WAV files.");

    private final Supplier<Optional<Path>> background = optional(
            Path.class,
            "--background",
            "FILE",
            "Recording to mix in as background noise; without it that one is left out.");

    private final Supplier<Optional<Path>> second = optional(
            Path.class,
            "--mix",
            "FILE",
            "Second clip, for the augmentations that blend two; without it they are left out.");

    private final Supplier<Long> seed =
            option(long.class, "--seed", "N", 1L, "Another seed, other noise. Default: ${DEFAULT-VALUE}.");

    AugmentCommand() {
        super("augment", "Writes a clip once for each augmentation, as WAV files to listen to.");
    }

    @Override
    int call() throws IOException {
        Wave wave = read(clip.get());
        int rate = wave.sampleRateHz();
        int n = wave.samples().length;
        Surroundings surroundings = background.get().isPresent()
                ? new Surroundings(rate, List.of(at(rate, background.get().orElseThrow())))
                : Surroundings.quiet(rate);
        Files.createDirectories(out.get());
        PrintWriter stdout = stdout();
        write("original", wave.samples(), rate, stdout);
        for (Map.Entry<String, Augmentation> entry : strong().entrySet()) {
            if (!(entry.getValue() instanceof BackgroundNoise)
                    || background.get().isPresent()) {
                float[] x = wave.samples().clone();
                entry.getValue().apply(x, 0, n, surroundings, new SplittableRandom(seed.get()));
                write(entry.getKey(), x, rate, stdout);
            }
        }
        if (second.get().isPresent()) {
            float[] other = Arrays.copyOf(at(rate, second.get().orElseThrow()), n);
            blend("mixup", new Mixing.Mixup(1, 1), wave, other, stdout);
            blend("time-cut", new Mixing.TimeCut(1), wave, other, stdout);
        }
        return Main.DONE;
    }

    private void blend(String name, Mixing mixing, Wave wave, float[] other, PrintWriter stdout) throws IOException {
        float[] x = wave.samples().clone();
        mixing.apply(x, 0, other, x.length, new SplittableRandom(seed.get()));
        write(name, x, wave.sampleRateHz(), stdout);
    }

    /** Each strong enough to be heard. */
    private static Map<String, Augmentation> strong() {
        Map<String, Augmentation> all = new LinkedHashMap<>();
        all.put("noise-injection", new NoiseInjection(1, 0.03));
        all.put("background-noise", new BackgroundNoise(1, 5, 5));
        all.put("coloured-noise", new ColouredNoise(1, 10, 10));
        all.put("time-shift", new TimeShift(1, 100));
        all.put("speed", new Speed(1, 0.15));
        all.put("gain", new Gain(1, -12, -6));
        all.put("polarity-flip", new PolarityFlip(1));
        all.put("band-drop", new BandDrop(1, 0.15));
        all.put("chunk-drop", new ChunkDrop(1, 200));
        return all;
    }

    private static Wave read(Path file) throws IOException {
        Wave wave = AudioFile.read(file);
        if (wave.samples().length == 0) {
            throw new UserError(file + ": no sound in it: 0 samples");
        }
        return wave;
    }

    private static float[] at(int rate, Path file) throws IOException {
        Wave wave = read(file);
        return wave.sampleRateHz() == rate
                ? wave.samples()
                : Resampler.of(wave.sampleRateHz(), rate).resample(wave.samples());
    }

    private void write(String name, float[] samples, int rate, PrintWriter stdout) throws IOException {
        Path file = out.get().resolve(name + ".wav");
        WavWriter.write(file, new Wave(samples, rate));
        stdout.println(file);
    }
}

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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code onda augment}: what augmentation sounds like. */
@Command(
        name = "augment",
        description = "Writes a clip once for each augmentation, as WAV files to listen to.",
        sortOptions = false)
final class AugmentCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "CLIP", description = "Sound file.")
    private Path clip = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the WAV files.")
    private Path out;

    @Option(
            names = "--background",
            paramLabel = "FILE",
            description = "Recording to mix in as background noise; without it that one is left out.")
    private Optional<Path> background = Optional.empty();

    @Option(
            names = "--mix",
            paramLabel = "FILE",
            description = "Second clip, for the augmentations that blend two; without it they are left out.")
    private Optional<Path> second = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Another seed, other noise. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Override
    public Integer call() throws IOException {
        Wave wave = read(clip);
        int rate = wave.sampleRateHz();
        int n = wave.samples().length;
        Surroundings surroundings = background.isPresent()
                ? new Surroundings(rate, List.of(at(rate, background.get())))
                : Surroundings.quiet(rate);
        Files.createDirectories(out);
        PrintWriter stdout = spec.commandLine().getOut();
        write("original", wave.samples(), rate, stdout);
        for (Map.Entry<String, Augmentation> entry : strong().entrySet()) {
            if (!(entry.getValue() instanceof BackgroundNoise) || background.isPresent()) {
                float[] x = wave.samples().clone();
                entry.getValue().apply(x, 0, n, surroundings, new SplittableRandom(seed));
                write(entry.getKey(), x, rate, stdout);
            }
        }
        if (second.isPresent()) {
            float[] other = Arrays.copyOf(at(rate, second.get()), n);
            blend("mixup", new Mixing.Mixup(1, 1), wave, other, stdout);
            blend("time-cut", new Mixing.TimeCut(1), wave, other, stdout);
        }
        return Main.DONE;
    }

    private void blend(String name, Mixing mixing, Wave wave, float[] other, PrintWriter stdout) throws IOException {
        float[] x = wave.samples().clone();
        mixing.apply(x, 0, other, x.length, new SplittableRandom(seed));
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
        Path file = out.resolve(name + ".wav");
        WavWriter.write(file, new Wave(samples, rate));
        stdout.println(file);
    }
}

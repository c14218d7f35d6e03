package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.onda.audio.AudioFile;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The real clips beside the checkout, in {@code ../shared/speech-commands/wav}; the system property {@code onda.shared} names
 * another {@code shared}. Tests that need them are skipped where there are none.
 */
final class RealClips {

    private static final int RATE_HZ = 16_000;

    private RealClips() {}

    /** So many clips, of all words, always the same ones; all of them if there are fewer. */
    static List<Path> some(int count) {
        Path folder = folder();
        try (var files = Files.walk(folder)) {
            List<Path> clips =
                    new ArrayList<>(files.filter(file -> file.toString().endsWith(".wav"))
                            .filter(file -> !file.toString().contains("_background_noise_"))
                            .sorted()
                            .toList());
            Collections.shuffle(clips, new Random(1));
            return clips.subList(0, Math.min(count, clips.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A clip's samples, as a model of 16 kHz takes them. */
    static float[] window(Path clip) {
        try {
            Wave wave = AudioFile.read(clip);
            assertThat(wave.sampleRateHz()).isEqualTo(RATE_HZ);
            return Window.fit(wave.samples(), RATE_HZ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String named = System.getProperty("onda.shared", "");
        Path start = Path.of("").toAbsolutePath();
        for (Path at = start; at != null; at = at.getParent()) {
            Path shared = named.isEmpty() ? at.resolve("shared") : Path.of(named);
            Path found = shared.resolve("speech-commands").resolve("wav");
            if (Files.isDirectory(found)) {
                return found;
            }
        }
        return abort("no shared/speech-commands/wav beside the checkout (or -Donda.shared=FOLDER)");
    }
}

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** Writes a corpus of 30 words: clips of one second at 8 kHz, a hum of its own for each word, under noise. */
final class Humming {
    private static final int WORDS = 30;
    private static final int RATE_HZ = 8_000;

    private Humming() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int clips = Integer.parseInt(args[1]);
        SplittableRandom random = new SplittableRandom(1);
        for (int clip = 0; clip < clips; clip++) {
            int word = clip % WORDS;
            float[] samples = new float[RATE_HZ];
            for (int i = 0; i < samples.length; i++) {
                double hum = Math.sin(2 * Math.PI * 100 * (word + 1) * i / RATE_HZ);
                samples[i] = (float) (0.2 * hum + 0.2 * random.nextDouble(-1, 1));
            }
            Path words = folder.resolve("hum" + word);
            Files.createDirectories(words);
            WavWriter.write(words.resolve(clip / WORDS + "_nohash_0.wav"), new Wave(samples, RATE_HZ));
        }
    }
}

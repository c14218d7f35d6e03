package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onda.audio.AudioFile;
import dev.onda.audio.Wave;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the definitions of {@link FindingKind} find in real recordings: the figures that are told there. */
final class AuditOfRealClipsTest {

    /** Deviation 1. */
    private static final double[] NOISE =
            new Random(1).doubles(16_000, -Math.sqrt(3), Math.sqrt(3)).toArray();

    private static Corpus corpus() throws IOException {
        return TestClips.scan(SharedClips.folder().resolve("wav"));
    }

    @Test
    void findsWhatIsKnownOfTheOriginalClips() throws IOException {
        Audit audit = Audit.of(corpus(), 2, _ -> {});
        assertThat(audit.clips()).isEqualTo(1800);
        Map<FindingKind, Integer> counts = new EnumMap<>(FindingKind.class);
        audit.findings().forEach(finding -> counts.merge(finding.kind(), 1, Integer::sum));
        // 100 clips of each word, none of the testing partition, whose list says the same.
        assertThat(counts)
                .isEqualTo(Map.of(
                        FindingKind.EMPTY_PARTITION, 1,
                        FindingKind.NEAR_SILENT, 46,
                        FindingKind.CUT_AT_START, 46,
                        FindingKind.CUT_AT_END, 39,
                        FindingKind.CLIPPED, 82,
                        FindingKind.DC_OFFSET, 24,
                        FindingKind.REPEATED, 1,
                        FindingKind.SHORT, 192));
    }

    @Test
    void samplesAtFullScaleAreSeldomNeighbours() throws IOException {
        int one = 0;
        int ten = 0;
        int threeNeighbours = 0;
        int soft = 0;
        for (Clip clip : corpus().clips()) {
            Wave wave = AudioFile.read(clip.path());
            int count = ClipMeasures.of(wave).fullScale();
            one += count >= 1 ? 1 : 0;
            ten += count >= 10 ? 1 : 0;
            float peak = 0;
            int run = 0;
            int longest = 0;
            for (float sample : wave.samples()) {
                peak = Math.max(peak, Math.abs(sample));
                run = Math.abs(sample) >= ClipMeasures.FULL_SCALE ? run + 1 : 0;
                longest = Math.max(longest, run);
            }
            threeNeighbours += longest >= 3 ? 1 : 0;
            soft += 20 * Math.log10(peak) < -30 ? 1 : 0;
        }
        assertThat(List.of(one, ten, threeNeighbours, soft)).containsExactly(82, 43, 9, 56);
    }

    private static boolean isCutAtStart(Wave wave) {
        ClipMeasures measures = ClipMeasures.of(wave);
        return ExaminedClip.Edge.of(measures.first(), measures).isCut();
    }

    @Test
    void tellsCutWordsFromWholeOnes() throws IOException {
        int quiet = 0;
        int cut = 0;
        int whole = 0;
        int noisy = 0;
        for (Clip clip : corpus().clips()) {
            Wave wave = AudioFile.read(clip.path());
            if (!hasQuietEnds(wave)) {
                continue;
            }
            quiet++;
            whole += isCutAtStart(wave) ? 1 : 0;
            cut += isCutAtStart(withoutFirstEnergy(wave, 0.05)) ? 1 : 0;
            for (double snrDb : new double[] {20, 10, 0}) {
                noisy += isCutAtStart(withNoise(wave, snrDb)) ? 1 : 0;
            }
        }
        assertThat(quiet).isEqualTo(873);
        assertThat(cut).isEqualTo(863);
        assertThat(whole + noisy).as("taken for cut, and are not").isZero();
    }

    /** Whether the first and the last 100 ms are 30 dB softer than the loudest part, and there is one. */
    private static boolean hasQuietEnds(Wave wave) {
        int tenth = wave.sampleRateHz() / 10;
        int n = wave.samples().length;
        ClipMeasures all = ClipMeasures.of(wave);
        double ends = Math.max(level(wave, 0, tenth, all.mean()), level(wave, n - tenth, n, all.mean()));
        return ClipMeasures.decibels(all.loudest()) >= ExaminedClip.SILENT_DB && ends < all.loudest() / 1000;
    }

    private static double level(Wave wave, int from, int to, double mean) {
        double energy = 0;
        for (int i = from; i < to; i++) {
            energy += (wave.samples()[i] - mean) * (wave.samples()[i] - mean);
        }
        return energy / (to - from);
    }

    private static Wave withoutFirstEnergy(Wave wave, double share) {
        int n = wave.samples().length;
        double mean = ClipMeasures.of(wave).mean();
        double wanted = share * n * level(wave, 0, n, mean);
        int from = 0;
        for (double energy = 0; energy < wanted; from++) {
            energy += (wave.samples()[from] - mean) * (wave.samples()[from] - mean);
        }
        return SpokenClips.part(wave, from, n);
    }

    private static Wave withNoise(Wave wave, double snrDb) {
        float[] x = wave.samples().clone();
        double deviation = Math.sqrt(level(wave, 0, x.length, 0) * Math.pow(10, -snrDb / 10));
        for (int i = 0; i < x.length; i++) {
            x[i] += (float) (deviation * NOISE[i]);
        }
        return new Wave(x, wave.sampleRateHz());
    }
}

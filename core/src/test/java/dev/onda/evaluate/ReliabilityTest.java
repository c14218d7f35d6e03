package dev.onda.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.onda.evaluate.Reliability.Bin;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReliabilityTest {

    /** Floats hold seven digits. */
    private static final double TOLERANCE = 1e-6;

    /** Two clips of confidence 0.9, one right; two of 0.7 and 0.72, both right; one of 0.64, wrong. */
    private static Judgement five() {
        return new Judged(0, "yes", "no")
                .clip("yes", 0.9, 0.1)
                .clip("no", 0.9, 0.1)
                .clip("yes", 0.7, 0.3)
                .clip("no", 0.28, 0.72)
                .clip("yes", 0.36, 0.64)
                .judgement();
    }

    @Test
    void binsByTheLargestPosterior() {
        List<Bin> bins = Reliability.of(five()).bins();
        assertThat(bins).hasSize(15);
        assertThat(bins.getFirst().low()).isZero();
        assertThat(bins.getLast().high()).isEqualTo(1);
        assertThat(bins).extracting(Bin::clips).containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 2, 0);
        assertThat(bins.get(13).accuracy()).isEqualTo(0.5);
        assertThat(bins.get(13).confidence()).isCloseTo(0.9, within(TOLERANCE));
        assertThat(bins.get(10).confidence()).isCloseTo(0.71, within(TOLERANCE));
        assertThat(bins.get(10).right()).isEqualTo(2);
    }

    /** (1 * |0 - 0.64| + 2 * |1 - 0.71| + 2 * |0.5 - 0.9|) / 5 */
    @Test
    void theErrorIsTheMeanGapByClips() {
        Reliability reliability = Reliability.of(five());
        assertThat(reliability.expectedCalibrationError()).isCloseTo((0.64 + 0.58 + 0.8) / 5, within(TOLERANCE));
        assertThat(reliability.clips()).isEqualTo(5);
        double loss = -(Math.log(0.9) + Math.log(0.1) + Math.log(0.7) + Math.log(0.72) + Math.log(0.36)) / 5;
        assertThat(reliability.loss()).isCloseTo(loss, within(TOLERANCE));
    }

    @Test
    void theThresholdPlaysNoPart() {
        Judged judged = new Judged(0.99, "yes", "_unknown_");
        assertThat(Reliability.of(judged.clip("yes", 0.8, 0.2).judgement()).bins())
                .filteredOn(bin -> bin.clips() > 0)
                .singleElement()
                .extracting(Bin::right)
                .isEqualTo(1);
    }

    @Test
    void certaintyIsInTheLastBinAndHalfInTheOneAroundIt() {
        Judgement judgement =
                new Judged(0, "a", "b").clip("a", 1, 0).clip("a", 0.5, 0.5).judgement();
        List<Bin> bins = Reliability.of(judgement).bins();
        assertThat(bins.get(14).clips()).isEqualTo(1);
        assertThat(bins.get(7).clips()).isEqualTo(1);
    }

    @Test
    void withoutClipsThereIsNoError() {
        assertThat(Reliability.of(new Judged(0, "a").judgement()).expectedCalibrationError())
                .isZero();
    }

    /** Labels drawn from softmax(logits), but posteriors of 2.5 times these logits. */
    private static Judgement tooSure(double sureness, int clips) {
        Random random = new Random(5);
        Judged judged = new Judged(0, "a", "b", "c", "d");
        for (int i = 0; i < clips; i++) {
            double[] logits = random.doubles(4, -2, 2).toArray();
            double[] honest = softmax(logits, 1);
            double lot = random.nextDouble();
            int label = 0;
            while (label < 3 && lot >= honest[label]) {
                lot -= honest[label];
                label++;
            }
            judged.clip("abcd".substring(label, label + 1), "speaker" + i % 200, softmax(logits, sureness));
        }
        return judged.judgement();
    }

    private static double[] softmax(double[] logits, double scale) {
        double[] p = new double[logits.length];
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = Math.exp(scale * logits[c]);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return p;
    }

    @Test
    void findsTheTemperatureThatWasThere() {
        for (double sureness : new double[] {0.4, 1, 2.5}) {
            Temperature temperature = Temperature.of(tooSure(sureness, 20_000)).orElseThrow();
            assertThat(temperature.value()).isCloseTo(sureness, within(0.05 * sureness));
            assertThat(temperature.fittedClips() + temperature.before().clips()).isEqualTo(20_000);
            assertThat(temperature.fittedClips()).isBetween(8_000, 12_000);
            assertThat(temperature.after().expectedCalibrationError()).isLessThan(0.02);
            assertThat(temperature.after().loss())
                    .isLessThanOrEqualTo(temperature.before().loss() + 1e-3);
            if (sureness != 1) {
                assertThat(temperature.before().expectedCalibrationError()).isGreaterThan(0.1);
            }
        }
    }

    @Test
    void noOtherTemperatureHasLessLoss() {
        Judgement judgement = tooSure(2.5, 500);
        int[] all = IntStream.range(0, 500).toArray();
        double best = Temperature.fit(judgement, all);
        double loss = Reliability.of(judgement, all, best).loss();
        for (double t = 0.1; t < 10; t *= 1.1) {
            assertThat(Reliability.of(judgement, all, t).loss()).isGreaterThanOrEqualTo(loss);
        }
    }

    @Test
    void aModelWithoutMistakesMeetsTheBound() {
        Judgement perfect =
                new Judged(0, "a", "b").clip("a", 0.9, 0.1).clip("b", 0.2, 0.8).judgement();
        assertThat(Temperature.fit(perfect, new int[] {0, 1})).isCloseTo(0.05, within(1e-9));
    }

    @Test
    void aVoiceIsNeverInBothHalves() {
        Judged judged = new Judged(0, "a", "b");
        for (int i = 0; i < 50; i++) {
            judged.clip("a", "the only one", 0.9, 0.1);
        }
        assertThat(Temperature.of(judged.judgement())).isEmpty();
    }
}

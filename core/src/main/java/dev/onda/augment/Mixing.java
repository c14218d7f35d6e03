package dev.onda.augment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.random.RandomGenerator;

/** A blend of two clips of a batch, which is to be recognised as so much of the one and so much of the other. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Mixing.Mixup.class, name = "mixup"),
    @JsonSubTypes.Type(value = Mixing.TimeCut.class, name = "time-cut")
})
public sealed interface Mixing {

    /** How often it is applied, in [0, 1]. */
    double probability();

    /**
     * Blends {@code other[0, n)} into {@code x[at, at + n)}.
     *
     * @return the share of the first clip's word, in [0, 1]; the other's is the rest
     */
    double apply(float[] x, int at, float[] other, int n, RandomGenerator random);

    /**
     * Both clips at once, {@code share x + (1 - share) other} (Zhang 2018), with a share from the symmetric beta distribution
     * of {@code alpha}: the smaller, the nearer to 0 or 1.
     */
    record Mixup(double probability, double alpha) implements Mixing {
        /**
         * @throws IllegalArgumentException if the probability is not in [0, 1] or alpha not in (0, 1]
         */
        public Mixup {
            Augmentation.checkProbability(probability);
            if (!(alpha > 0 && alpha <= 1)) {
                throw new IllegalArgumentException("mixup's alpha is in (0, 1], not " + alpha);
            }
        }

        @Override
        public double apply(float[] x, int at, float[] other, int n, RandomGenerator random) {
            double share = beta(random);
            float own = (float) share;
            for (int i = 0; i < n; i++) {
                x[at + i] = own * x[at + i] + (1 - own) * other[i];
            }
            return share;
        }

        /** Of two powers of uniform numbers whose sum is at most 1, the first's part is beta (Jöhnk 1964). */
        private double beta(RandomGenerator random) {
            while (true) {
                double a = StrictMath.pow(random.nextDouble(), 1 / alpha);
                double b = StrictMath.pow(random.nextDouble(), 1 / alpha);
                if (a + b > 0 && a + b <= 1) {
                    return a / (a + b);
                }
            }
        }
    }

    /** The end of the one clip behind the beginning of the other, cut anywhere (the waveform's kin of CutMix, Yun 2019). */
    record TimeCut(double probability) implements Mixing {
        /**
         * @throws IllegalArgumentException if the probability is not in [0, 1]
         */
        public TimeCut {
            Augmentation.checkProbability(probability);
        }

        @Override
        public double apply(float[] x, int at, float[] other, int n, RandomGenerator random) {
            int cut = random.nextInt(n + 1);
            System.arraycopy(other, cut, x, at + cut, n - cut);
            return cut / (double) n;
        }
    }
}

package dev.onda.augment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.random.RandomGenerator;

/** A random change of a clip that leaves its word what it is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = NoiseInjection.class, name = "noise-injection"),
    @JsonSubTypes.Type(value = BackgroundNoise.class, name = "background-noise"),
    @JsonSubTypes.Type(value = ColouredNoise.class, name = "coloured-noise"),
    @JsonSubTypes.Type(value = TimeShift.class, name = "time-shift"),
    @JsonSubTypes.Type(value = Speed.class, name = "speed"),
    @JsonSubTypes.Type(value = Gain.class, name = "gain"),
    @JsonSubTypes.Type(value = PolarityFlip.class, name = "polarity-flip"),
    @JsonSubTypes.Type(value = BandDrop.class, name = "band-drop"),
    @JsonSubTypes.Type(value = ChunkDrop.class, name = "chunk-drop")
})
public sealed interface Augmentation
        permits NoiseInjection,
                BackgroundNoise,
                ColouredNoise,
                TimeShift,
                Speed,
                Gain,
                PolarityFlip,
                BandDrop,
                ChunkDrop {

    /** How often it is applied, in [0, 1]. */
    double probability();

    /** Changes {@code x[at, at + n)}, whatever the probability. */
    void apply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random);

    /** Applies it with its probability. */
    default void maybeApply(float[] x, int at, int n, Surroundings surroundings, RandomGenerator random) {
        if (random.nextDouble() < probability()) {
            apply(x, at, n, surroundings, random);
        }
    }

    /**
     * @throws IllegalArgumentException if the probability is not in [0, 1]
     */
    static void checkProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a probability is in [0, 1], not " + probability);
        }
    }

    /**
     * @throws IllegalArgumentException if the two are not finite, or not in order
     */
    static void checkRange(String what, double least, double most) {
        if (!(least <= most) || !Double.isFinite(least) || !Double.isFinite(most)) {
            throw new IllegalArgumentException(what + " go from low to high, not from " + least + " to " + most);
        }
    }
}

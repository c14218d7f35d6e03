package dev.onda.peers;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one training step did, by the names and in the layouts of Onda's parameters.
 *
 * @param loss before the step, in nats
 * @param gradients of the trained parameters
 * @param parameters the trained parameters after it
 */
record Step(double loss, Map<String, float[]> gradients, Map<String, float[]> parameters) {

    /**
     * @throws IllegalStateException if there is none of this name
     */
    float[] gradient(String name) {
        return found(name, gradients.get(name));
    }

    /**
     * @throws IllegalStateException if there is none of this name
     */
    float[] parameter(String name) {
        return found(name, parameters.get(name));
    }

    private static float[] found(String name, float @Nullable [] values) {
        if (values == null) {
            throw new IllegalStateException("the step tells nothing about " + name);
        }
        return values;
    }
}

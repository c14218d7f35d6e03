package dev.onda.peers;

import dev.onda.nn.Parameter;

/**
 * Where Deeplearning4j keeps a parameter.
 *
 * @param own Onda's
 * @param layer number of its layer there
 * @param key its name there
 * @param places for each number of Onda's its place there, in C order
 */
record Dl4jParameter(Parameter own, int layer, String key, int[] places) {

    /** The numbers in the order of Deeplearning4j. */
    float[] outward() {
        float[] values = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            values[places[i]] = own.values()[i];
        }
        return values;
    }

    /** Numbers of Deeplearning4j in the order of Onda. */
    float[] inward(float[] theirs) {
        float[] values = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = theirs[places[i]];
        }
        return values;
    }
}

package dev.onda.onnx;

import dev.onda.nn.Layer;

/** How a graph keeps a network's numbers: as they are, or rounded. */
interface Numbers {

    /**
     * Adds a convolution's weights and biases.
     *
     * @param layer its place in the network
     * @return the names of both
     */
    Names convolution(int layer, Layer.Conv1d convolution);

    /**
     * Adds what happens to a signal before other layers take it.
     *
     * @param layer the place of the layer that it comes from; -1 for the network's input
     * @return its name then
     */
    String behind(int layer, String signal);

    /** What the weights and the biases of a convolution are called. */
    record Names(String weights, String biases) {}
}

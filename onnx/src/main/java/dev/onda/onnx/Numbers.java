package dev.onda.onnx;

import dev.onda.nn.Layer;
import java.util.List;

/** How a graph keeps a network's numbers: as they are, or rounded. */
interface Numbers {

    /**
     * Adds a convolution's weights, and its biases if it has any.
     *
     * @param layer its place in the network
     * @return their names
     */
    List<String> convolution(int layer, Layer.Conv1d convolution);

    /**
     * Adds what happens to a signal before other layers take it.
     *
     * @param layer the place of the layer that it comes from; -1 for the network's input
     * @return its name then
     */
    String behind(int layer, String signal);
}

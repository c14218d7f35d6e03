package dev.onda.train;

import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.List;
import java.util.Optional;

/** A network without its last dense layer: what it makes of a clip before it decides. */
final class Body {

    private final Network network;
    private final Pass pass;

    private Body(Network network, int batch, Workers workers) {
        this.network = network;
        this.pass = new Pass(network, Pass.Mode.USE, batch, Kernels.best(), workers);
    }

    /** The body of a network that ends with a dense layer over features; nothing if it does not. */
    static Optional<Body> of(Network whole, int batch, Workers workers) {
        List<Layer> layers = whole.layers();
        int last = layers.size() - 1;
        if (!(layers.getLast() instanceof Layer.Dense) || whole.input(last).time() != 1) {
            return Optional.empty();
        }
        return Optional.of(new Body(whole.first(last), batch, workers));
    }

    /** Numbers of one clip. */
    int size() {
        return network.output().size();
    }

    /**
     * @param x {@code (clips, channels, time)}
     * @return {@code (clips, size)}; valid until the next call
     */
    float[] features(float[] x, int clips) {
        return pass.forward(x, clips, 0);
    }
}

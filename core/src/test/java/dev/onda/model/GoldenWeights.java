package dev.onda.model;

import dev.onda.nn.Golden;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Pass;
import dev.onda.nn.Shape;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;

/** The networks that PyTorch trained for three steps: weights, sound, and the logits that PyTorch has for it. */
record GoldenWeights(Network network, Map<String, float[]> weights, float[] x, float[] logits) {

    static GoldenWeights of(String name) {
        JsonNode c = Golden.cases("network").stream()
                .filter(n -> n.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
        // The reference has Keras' epsilon in both networks.
        List<Layer> layers = Architecture.named(name)
                .orElseThrow()
                .layers()
                .apply(c.get("classes").asInt())
                .stream()
                .map(l -> l instanceof Layer.BatchNorm b ? new Layer.BatchNorm(b.name(), 1e-3, 0.99) : l)
                .toList();
        Map<String, float[]> weights = new LinkedHashMap<>();
        for (String part : List.of("afterAdam", "buffersAfter")) {
            c.get(part).propertyNames().forEach(key -> weights.put(key, Golden.tensor(c.get(part), key)));
        }
        return new GoldenWeights(
                new Network(layers, new Shape(1, c.get("time").asInt())),
                weights,
                Golden.tensor(c, "x"),
                Golden.tensor(c, "evalLogitsAfter"));
    }

    int clips() {
        return logits.length / network.output().size();
    }

    /** Those of this name. */
    float[] weight(String name) {
        return Objects.requireNonNull(weights.get(name), name);
    }

    /** The weights as tensors of the network's names and shapes. */
    List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        network.parameters().forEach(p -> tensors.add(new Tensor(p.name(), p.shape(), weight(p.name()))));
        return tensors;
    }

    /** What the network makes of the sound. */
    float[] heard() {
        try (Workers workers = new Workers(1)) {
            return new Pass(network, Pass.Mode.USE, clips(), Kernels.best(), workers)
                    .forward(x, clips(), 0)
                    .clone();
        }
    }
}

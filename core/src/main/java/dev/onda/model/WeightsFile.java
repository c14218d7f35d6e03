package dev.onda.model;

import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Weights that another program trained, as a {@code .safetensors} file of float32 tensors. They are named and shaped as in an
 * Onda model file: the layer's name, a dot, and {@code weight}, {@code bias}, {@code running_mean} or {@code running_var}; axes
 * as PyTorch has them. A PyTorch module whose attributes have the layers' names saves such a file. The names of torchaudio's M5 are
 * understood, too: {@code conv1}, {@code bn1} and so on for {@code c1}, {@code b1}, and {@code fc1} for {@code out}.
 *
 * <p>What else is in an Onda model file, its metadata and its memory, is passed over: here the network is given.
 */
public final class WeightsFile {

    /** Names of a file that a message tells. */
    private static final int TOLD = 6;

    private final Path path;
    private final SafetensorsReader file;
    /** What the file calls a parameter. */
    private final Map<String, String> names = new LinkedHashMap<>();

    private WeightsFile(Path path, SafetensorsReader file, Network network) throws ModelException {
        this.path = path;
        this.file = file;
        List<String> own = network.parameters().stream().map(Parameter::name).toList();
        for (String name : file.names()) {
            String parameter = own.contains(name) ? name : renamed(name);
            String other = names.put(parameter, name);
            if (other != null) {
                throw new ModelException(path, "tensors " + other + " and " + name + " are both " + parameter);
            }
        }
        names.remove(ModelFile.MEMORY);
        names.remove(ModelFile.MEMORY_LABELS);
    }

    /** The layer's name where torchaudio's M5 has another. */
    private static String renamed(String name) {
        return name.replaceFirst("^conv(\\d+)\\.", "c$1.")
                .replaceFirst("^bn(\\d+)\\.", "b$1.")
                .replaceFirst("^fc1\\.", "out.");
    }

    /**
     * Reads the weights of a network.
     *
     * @param network whose parameters are overwritten
     * @throws ModelException if a tensor is missing, left over, of another shape or type, or holds what is no number; the message
     *     names it and what is expected
     * @throws NoSuchFileException if there is no file
     * @throws IOException if it cannot be read
     */
    public static void read(Path path, Network network) throws IOException {
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            new WeightsFile(path, file, network).read(network);
        }
    }

    /**
     * How many outputs the file's network has, as the bias of the last layer tells; none if the file has no such tensor.
     *
     * @throws IOException if the file cannot be read
     */
    public static OptionalInt outputs(Path path, Network network) throws IOException {
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            WeightsFile weights = new WeightsFile(path, file, network);
            String name = weights.names.get(network.parameters().getLast().name());
            if (name == null || file.shape(name).length != 1) {
                return OptionalInt.empty();
            }
            return OptionalInt.of(file.shape(name)[0]);
        }
    }

    private void read(Network network) throws IOException {
        Map<String, String> left = new LinkedHashMap<>(names);
        for (Parameter parameter : network.parameters()) {
            String name = left.remove(parameter.name());
            check(parameter, name == null ? "" : name);
        }
        if (!left.isEmpty()) {
            throw new ModelException(
                    path, "tensor " + left.values().iterator().next() + " belongs to none of the network's layers");
        }
        for (Parameter parameter : network.parameters()) {
            file.read(names.getOrDefault(parameter.name(), ""), parameter);
        }
    }

    /**
     * @param name of its tensor; empty if there is none
     */
    private void check(Parameter parameter, String name) throws ModelException {
        String expected = Arrays.toString(parameter.shape());
        if (name.isEmpty()) {
            throw new ModelException(
                    path, "no tensor " + parameter.name() + " of shape " + expected + "; there are " + told());
        }
        if (!file.has(name, parameter.shape())) {
            int[] shape = file.shape(name);
            throw new ModelException(
                    path,
                    "tensor " + name + ": shape " + expected + " is expected, found " + Arrays.toString(shape)
                            + (isTurned(shape, parameter.shape()) ? ", as Keras has its axes: transpose it" : ""));
        }
    }

    private String told() {
        List<String> all = file.names();
        String first = String.join(", ", all.subList(0, Math.min(TOLD, all.size())));
        return all.size() > TOLD ? first + " and " + (all.size() - TOLD) + " more" : first;
    }

    private static boolean isTurned(int[] found, int[] expected) {
        List<Integer> turned = Arrays.stream(found).boxed().toList().reversed();
        return turned.equals(Arrays.stream(expected).boxed().toList());
    }
}

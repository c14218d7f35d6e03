package dev.onda.train;

import dev.onda.model.ModelException;
import dev.onda.model.Safetensors;
import dev.onda.model.SafetensorsReader;
import dev.onda.model.Tensor;
import dev.onda.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A {@link TrainingState} as a {@code .safetensors} file: parameters, both moments of Adam and the parameters of the best epochs
 * as tensors, the rest as metadata. Doubles are kept bit by bit. The file is replaced in one step, so a kill at any moment
 * leaves the last whole one.
 */
final class Checkpoint {

    private static final String FORMAT = "onda checkpoint 2";

    private Checkpoint() {}

    /**
     * @param run what the training is: settings that must be the same to go on
     */
    static void write(Path path, TrainingState state, Map<String, String> run) throws IOException {
        List<Tensor> tensors = new ArrayList<>();
        List<Parameter> parameters = state.network.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Parameter p = parameters.get(i);
            tensors.add(new Tensor("network/" + p.name(), p.shape(), p.values()));
            if (state.averages()) {
                float[] average = state.judged.parameters().get(i).values();
                tensors.add(new Tensor("average/" + p.name(), p.shape(), average));
            }
            for (int k = 0; k < state.kept.size(); k++) {
                tensors.add(new Tensor(
                        kept(k) + p.name(),
                        p.shape(),
                        state.kept.get(k).values().get(i)));
            }
            if (p.role().isTrained()) {
                tensors.add(new Tensor("adam.mean/" + p.name(), p.shape(), state.adam.mean(i)));
                tensors.add(new Tensor("adam.square/" + p.name(), p.shape(), state.adam.square(i)));
            }
        }
        Map<String, String> meta = new LinkedHashMap<>();
        meta.put("format", FORMAT);
        run.forEach((key, value) -> meta.put("run." + key, value));
        meta.put("state", state(state));
        Safetensors.write(path, tensors, meta);
    }

    private static String kept(int place) {
        return "best." + (place + 1) + "/";
    }

    private static String state(TrainingState state) {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("adamSteps", state.adam.steps());
        ArrayNode best = node.putArray("bestEpochs");
        state.kept.forEach(kept -> best.add(kept.epoch()));
        node.put("step", state.step);
        node.put("lossSum", Double.toHexString(state.lossSum));
        node.put("seen", state.seen);
        node.put("correct", state.correct);
        node.put("seconds", Double.toHexString(state.seconds));
        ArrayNode epochs = node.putArray("history");
        for (Epoch e : state.history) {
            epochs.addArray()
                    .add(Double.toHexString(e.learningRate()))
                    .add(Double.toHexString(e.trainingLoss()))
                    .add(Double.toHexString(e.trainingAccuracy()))
                    .add(Double.toHexString(e.validationLoss()))
                    .add(Double.toHexString(e.validationAccuracy()))
                    .add(Double.toHexString(e.seconds()));
        }
        return node.toString();
    }

    /**
     * Fills a fresh state.
     *
     * @throws ModelException if the file is damaged, or is the checkpoint of another training: the message says which
     *     setting differs
     */
    static void read(Path path, TrainingState state, Map<String, String> run) throws IOException {
        try (SafetensorsReader file = SafetensorsReader.open(path)) {
            Map<String, String> meta = file.metadata();
            if (!meta.getOrDefault("format", "").equals(FORMAT)) {
                throw new ModelException(path, "not a checkpoint of this version of Onda; delete it to start anew");
            }
            for (Map.Entry<String, String> setting : run.entrySet()) {
                String kept = meta.getOrDefault("run." + setting.getKey(), "none");
                if (!kept.equals(setting.getValue())) {
                    throw new ModelException(
                            path,
                            "the stopped training had " + setting.getKey() + " " + kept + ", this one has "
                                    + setting.getValue() + "; give the same, or delete the checkpoint to start anew");
                }
            }
            readState(JsonMapper.shared().readTree(meta.getOrDefault("state", "")), state);
            List<Parameter> parameters = state.network.parameters();
            for (int i = 0; i < parameters.size(); i++) {
                Parameter p = parameters.get(i);
                file.read("network/" + p.name(), p.values());
                if (state.averages()) {
                    file.read(
                            "average/" + p.name(),
                            state.judged.parameters().get(i).values());
                }
                for (int k = 0; k < state.kept.size(); k++) {
                    file.read(kept(k) + p.name(), state.kept.get(k).values().get(i));
                }
                if (p.role().isTrained()) {
                    file.read("adam.mean/" + p.name(), state.adam.mean(i));
                    file.read("adam.square/" + p.name(), state.adam.square(i));
                }
            }
        } catch (JacksonException | IllegalArgumentException e) {
            throw new ModelException(path, "damaged: its state cannot be read; delete it to start anew");
        }
    }

    private static void readState(JsonNode node, TrainingState state) {
        state.adam.resume(node.required("adamSteps").asLong());
        for (JsonNode epoch : node.required("bestEpochs")) {
            state.kept.add(new TrainingState.Kept(epoch.asInt(), state.room()));
        }
        state.step = node.required("step").asInt();
        state.lossSum = real(node.required("lossSum"));
        state.seen = node.required("seen").asInt();
        state.correct = node.required("correct").asInt();
        state.seconds = real(node.required("seconds"));
        for (JsonNode e : node.required("history")) {
            state.history.add(new Epoch(
                    state.history.size() + 1,
                    real(e.required(0)),
                    real(e.required(1)),
                    real(e.required(2)),
                    real(e.required(3)),
                    real(e.required(4)),
                    real(e.required(5))));
        }
    }

    private static double real(JsonNode node) {
        return Double.parseDouble(node.asString());
    }
}

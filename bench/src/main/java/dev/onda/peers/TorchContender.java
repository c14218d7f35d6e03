package dev.onda.peers;

import dev.onda.nn.Network;
import dev.onda.nn.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch, operator by operator, as PyTorch runs a network that was not compiled. The clips lie in its memory from the
 * start: handing them over is not measured.
 */
final class TorchContender implements Contender {

    private final Problem problem;
    private final boolean reduced;
    private final Network network;
    private final Map<String, Tensor> parameters = new LinkedHashMap<>();
    private final TorchNetwork layers;
    private final Tensor clips;
    private final Tensor targets;
    private final Adam adam;

    /**
     * @param reduced whether it casts to bfloat16 where PyTorch's autocast would
     */
    TorchContender(Problem problem, boolean reduced) {
        this.problem = problem;
        this.reduced = reduced;
        torch.set_num_threads(problem.threads());
        torch.manual_seed(problem.seed());
        torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
        network = problem.network();
        TensorVector trained = new TensorVector();
        for (Parameter p : network.parameters()) {
            Tensor values =
                    tensor(p.values(), Arrays.stream(p.shape()).asLongStream().toArray());
            if (p.role().isTrained()) {
                values.requires_grad_(true);
                trained.push_back(values);
            }
            parameters.put(p.name(), values);
        }
        layers = new TorchNetwork(network, parameters);
        clips = tensor(problem.clips(), problem.batch(), 1, network.input().time());
        targets = torch.tensor(
                Arrays.stream(problem.targets()).asLongStream().toArray(), new TensorOptions(torch.ScalarType.Long));
        AdamOptions options = new AdamOptions(Problem.LEARNING_RATE);
        options.eps().put(Problem.ADAM_EPSILON);
        adam = new Adam(trained, options);
    }

    private static Tensor tensor(float[] values, long... shape) {
        return torch.tensor(values, new TensorOptions(torch.ScalarType.Float)).reshape(shape);
    }

    @Override
    public void run() {
        try (PointerScope _ = new PointerScope()) {
            switch (problem.work()) {
                case TRAINING_STEP -> train();
                case FORWARD -> use();
            }
        }
    }

    private Tensor train() {
        adam.zero_grad();
        cast(true);
        Tensor logits = layers.forward(clips, true);
        Tensor loss = torch.cross_entropy_loss(logits, targets);
        cast(false);
        loss.backward();
        adam.step();
        return loss;
    }

    private Tensor use() {
        try (NoGradGuard _ = new NoGradGuard()) {
            cast(true);
            Tensor logits = layers.forward(clips, false);
            cast(false);
            return logits;
        }
    }

    /** As entering and leaving {@code torch.autocast("cpu")}, which forgets the weights it has cast. */
    private void cast(boolean on) {
        if (reduced) {
            torch.set_autocast_enabled(torch.DeviceType.CPU, on);
            if (!on) {
                torch.clear_cache();
            }
        }
    }

    @Override
    public float[] logits() {
        try (PointerScope _ = new PointerScope()) {
            return values(use());
        }
    }

    @Override
    public Step step() {
        try (PointerScope _ = new PointerScope()) {
            double loss = train().item_float();
            Map<String, float[]> gradients = new LinkedHashMap<>();
            Map<String, float[]> after = new LinkedHashMap<>();
            for (Parameter p : network.parameters()) {
                if (p.role().isTrained()) {
                    gradients.put(p.name(), values(layers.parameter(p.name()).grad()));
                    after.put(p.name(), values(layers.parameter(p.name())));
                }
            }
            return new Step(loss, gradients, after);
        }
    }

    private static float[] values(Tensor tensor) {
        Tensor flat = tensor.detach().to(torch.ScalarType.Float).contiguous();
        float[] values = new float[(int) flat.numel()];
        FloatPointer data = flat.data_ptr_float();
        data.get(values);
        return values;
    }

    @Override
    public void close() {
        adam.close();
        clips.close();
        targets.close();
        parameters.values().forEach(Tensor::close);
    }
}

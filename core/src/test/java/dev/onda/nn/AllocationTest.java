package dev.onda.nn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.onda.nn.kernel.Activation;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.ScalarKernels;
import dev.onda.nn.kernel.Workers;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What a step leaves for the garbage collector. On the plain kernels: vectors are objects until they are compiled, and when
 * that is cannot be told.
 */
final class AllocationTest {

    private static final int BATCH = 12;
    private static final int STEPS = 20;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Every kind of layer, and both kinds of weight gradient. */
    private static Network network() {
        List<Layer> layers = List.of(
                new Layer.Conv1d("strided", 4, 9, 2, 1, 1, Padding.SAME),
                new Layer.BatchNorm("n1", 1e-3, 0.9),
                new Layer.Activation(Activation.RELU),
                new Layer.MaxPool(2),
                new Layer.Conv1d("depthwise", 4, 5, 1, 1, 4, Padding.SAME),
                new Layer.Activation(Activation.TANH),
                new Layer.MaxPool(2),
                new Layer.SpatialDropout(0.2),
                new Layer.AveragePool(2),
                new Layer.Dense("in-time", 5),
                new Layer.Dropout(0.2),
                new Layer.Flatten(),
                new Layer.Dense("out", 3));
        return new Network(layers, new Shape(1, 160))
                .initialize(Initialization.FAN_IN_UNIFORM, new SplittableRandom(1));
    }

    @Test
    void aTrainingStepAllocatesNextToNothing() {
        Kernels kernels = new ScalarKernels();
        Network network = network();
        float[] x = new float[BATCH * 160];
        float[] dy = new float[BATCH * 3];
        SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextGaussian();
        }
        try (Workers workers = new Workers(1)) {
            Pass pass = new Pass(network, Pass.Mode.TRAINING, BATCH, kernels, workers);
            AdamState adam = new AdamState(new Adam(0.9, 0.999, 1e-7, 0.01), network);
            long bytes = 0;
            for (int step = -1; step < STEPS; step++) {
                long before = threads.getCurrentThreadAllocatedBytes();
                float[] logits = pass.forward(x, BATCH, step);
                System.arraycopy(logits, 0, dy, 0, dy.length);
                pass.backward(dy);
                adam.step(pass, 1e-3, kernels, workers);
                // The first step takes the memory that the others use.
                bytes += step < 0 ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
            }
            // Two records with the constants of the step, iterators over the layers: nothing that grows with them.
            assertThat(bytes / STEPS).isLessThan(500);
        }
    }
}

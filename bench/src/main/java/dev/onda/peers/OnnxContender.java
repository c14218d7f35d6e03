package dev.onda.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.onda.onnx.OnnxModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;
import java.util.Set;

/** ONNX Runtime, with all its optimisations, on the file that Onda exports. The clips lie in its memory from the start. */
final class OnnxContender implements Contender {

    private final OrtSession session;
    private final OnnxTensor clips;
    private final int logits;

    /**
     * @throws IllegalStateException if it refuses the network
     */
    OnnxContender(Problem problem) {
        float[] x = problem.clips();
        logits = problem.batch() * Problem.WORDS;
        FloatBuffer direct = ByteBuffer.allocateDirect(4 * x.length)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        direct.put(x).flip();
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(problem.threads());
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            // So that it may plan as for a file of this batch alone.
            options.setSymbolicDimensionValue("batch", problem.batch());
            session = environment.createSession(OnnxModel.of(problem.model()), options);
            long[] shape = {problem.batch(), 1, x.length / problem.batch()};
            clips = OnnxTensor.createTensor(environment, direct, shape);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not take the network: " + e.getMessage(), e);
        }
    }

    @Override
    public void run() {
        forward().close();
    }

    private OrtSession.Result forward() {
        try {
            return session.run(Map.of("audio", clips), Set.of("logits"));
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getMessage(), e);
        }
    }

    @Override
    public float[] logits() {
        try (OrtSession.Result result = forward()) {
            float[] values = new float[logits];
            ((OnnxTensor) result.get(0)).getFloatBuffer().get(values);
            return values;
        }
    }

    @Override
    public Step step() {
        throw new UnsupportedOperationException("ONNX Runtime does not train");
    }

    @Override
    public void close() {
        try {
            clips.close();
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime does not let go: " + e.getMessage(), e);
        }
    }
}

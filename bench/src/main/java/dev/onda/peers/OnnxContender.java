package dev.onda.peers;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.onda.nn.Network;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Map;

/** ONNX Runtime, with all its optimisations. The clips lie in its memory from the start. */
final class OnnxContender implements Contender {

    private final OrtSession session;
    private final OnnxTensor clips;
    private final int logits;

    /**
     * @param asPictures whether clips are pictures of height 1 to it
     * @throws IllegalStateException if it refuses the network
     */
    OnnxContender(Problem problem, boolean asPictures) {
        Network network = problem.network();
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
            session = environment.createSession(OnnxFile.of(network, problem.batch(), asPictures), options);
            clips = OnnxTensor.createTensor(environment, direct, OnnxFile.clips(network, problem.batch(), asPictures));
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
            return session.run(Map.of("clips", clips));
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

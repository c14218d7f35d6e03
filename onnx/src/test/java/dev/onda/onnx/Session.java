package dev.onda.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.FloatBuffer;
import java.util.Map;

/** A file in ONNX Runtime, on one thread. */
final class Session implements AutoCloseable {

    private final OrtSession session;

    /** Optimised as far as it goes, as users have it. */
    Session(byte[] file) {
        this(file, OptLevel.ALL_OPT);
    }

    Session(byte[] file, OptLevel level) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setOptimizationLevel(level);
            session = OrtEnvironment.getEnvironment().createSession(file, options);
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime refuses the file", e);
        }
    }

    /**
     * One of its outputs.
     *
     * @param audio (clips, window)
     * @return (clips, words)
     */
    float[][] run(float[] audio, int clips, String output) {
        try (OnnxTensor input =
                        OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(audio), new long[] {
                            clips, 1, audio.length / clips
                        });
                OrtSession.Result result = session.run(Map.of("audio", input))) {
            return (float[][]) result.get(output).orElseThrow().getValue();
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime does not run the file", e);
        }
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new AssertionError("ONNX Runtime does not let go", e);
        }
    }
}

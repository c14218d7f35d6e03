import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How long ONNX Runtime takes for a clip of noise, on one thread: files by turns, so that what else the machine does meets all alike.
 * The first file is what the others are compared with.
 *
 * <pre>java -Xss16m -cp onnxruntime-VERSION.jar experiments/OnnxSpeed.java FILE.onnx...</pre>
 */
final class OnnxSpeed {

    private static final int[] BATCHES = {1, 32};
    private static final int TURNS = 30;
    private static final int CLIPS_A_TURN = 32;

    private final OrtEnvironment runtime = OrtEnvironment.getEnvironment();
    private final String[] files;
    private final List<OrtSession> sessions = new ArrayList<>();

    private OnnxSpeed(String[] files) throws OrtException {
        this.files = files;
        for (String file : files) {
            OrtSession.SessionOptions options = new OrtSession.SessionOptions();
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            sessions.add(runtime.createSession(file, options));
        }
    }

    public static void main(String[] files) throws OrtException {
        OnnxSpeed speed = new OnnxSpeed(files);
        System.out.printf("ONNX Runtime %s; milliseconds a clip%n", speed.runtime.getVersion());
        for (int batch : BATCHES) {
            speed.compare(batch);
        }
    }

    private void compare(int batch) throws OrtException {
        double[][] ms = new double[files.length][TURNS];
        for (int turn = -TURNS / 10; turn < TURNS; turn++) {
            for (int file = 0; file < files.length; file++) {
                double taken = turn(sessions.get(file), batch);
                if (turn >= 0) {
                    ms[file][turn] = taken;
                }
            }
        }
        for (int file = 0; file < files.length; file++) {
            double[] ratios = new double[TURNS];
            for (int turn = 0; turn < TURNS; turn++) {
                ratios[turn] = ms[0][turn] / ms[file][turn];
            }
            Arrays.sort(ratios);
            Arrays.sort(ms[file]);
            System.out.printf(
                    Locale.ROOT,
                    "batch %2d  least %.3f  median %.3f  times as fast as the first: median %.2f [%.2f..%.2f]  %s%n",
                    batch,
                    ms[file][0],
                    ms[file][TURNS / 2],
                    ratios[TURNS / 2],
                    ratios[TURNS / 4],
                    ratios[3 * TURNS / 4],
                    files[file]);
        }
    }

    private double turn(OrtSession session, int batch) throws OrtException {
        long[] shape = ((TensorInfo) session.getInputInfo().get("audio").getInfo()).getShape();
        shape[0] = batch;
        FloatBuffer audio = ByteBuffer.allocateDirect((int) (Float.BYTES * batch * shape[2]))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        SplittableRandom random = new SplittableRandom(1);
        while (audio.hasRemaining()) {
            audio.put((float) random.nextDouble(-0.1, 0.1));
        }
        try (OnnxTensor clips = OnnxTensor.createTensor(runtime, audio.flip(), shape)) {
            session.run(Map.of("audio", clips)).close();
            long start = System.nanoTime();
            for (int done = 0; done < CLIPS_A_TURN; done += batch) {
                session.run(Map.of("audio", clips)).close();
            }
            return (System.nanoTime() - start) / 1e6 / CLIPS_A_TURN;
        }
    }
}

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Starts the studios of one or several copies of Onda by turns, and says how long each takes from the shell until its first answer, and
 * until it has recognised its first clip. Asks through bare sockets: a loop of {@code curl} would take half of a core itself.
 *
 * <pre>java experiments/StudioStart.java CLIP.wav STARTS ONDA...</pre>
 */
final class StudioStart {

    private static final int PORT = 8_217;
    /** Nothing tells when a port opens. */
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(3);

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private StudioStart() {}

    public static void main(String[] args) throws Exception {
        byte[] clip = Files.readAllBytes(Path.of(args[0]));
        int starts = Integer.parseInt(args[1]);
        String[] copies = Arrays.copyOfRange(args, 2, args.length);
        Path folder = Files.createTempDirectory("onda-studio");
        double[][] answered = new double[copies.length][starts];
        double[][] recognized = new double[copies.length][starts];
        // The first start of each builds what it needs.
        for (int start = -1; start < starts; start++) {
            for (int copy = 0; copy < copies.length; copy++) {
                long begin = System.nanoTime();
                Process studio = new ProcessBuilder(
                                copies[copy], "studio", "--no-browser", "--port", "" + PORT, "--folder", "" + folder)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                try {
                    ask("GET /healthz", new byte[0], studio);
                    double first = seconds(begin);
                    ask("POST /v1/recognize", clip, studio);
                    if (start >= 0) {
                        answered[copy][start] = first;
                        recognized[copy][start] = seconds(begin);
                    }
                } finally {
                    studio.destroy();
                    studio.waitFor();
                }
            }
        }
        remove(folder);
        for (int copy = 0; copy < copies.length; copy++) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: first answer after %s; first clip recognised after %s%n",
                    copies[copy],
                    text(answered[copy]),
                    text(recognized[copy]));
        }
    }

    /** Tries until somebody listens. */
    private static void ask(String what, byte[] body, Process studio) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
                OutputStream out = socket.getOutputStream();
                out.write((what + " HTTP/1.1\r\nHost: localhost:" + PORT + "\r\nConnection: close\r\nContent-Length: "
                                + body.length + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                out.write(body);
                InputStream in = socket.getInputStream();
                String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                if (!answer.startsWith("HTTP/1.1 200 ")) {
                    throw new IllegalStateException(what + ": " + answer);
                }
                return;
            } catch (IOException e) {
                if (!studio.isAlive() && studio.exitValue() != 0) {
                    throw new IllegalStateException("the studio ended with status " + studio.exitValue(), e);
                }
                if (System.nanoTime() > end) {
                    throw e;
                }
                Thread.sleep(BETWEEN_TRIES);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> there = Files.walk(folder)) {
            for (Path path : there.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static String text(double[] seconds) {
        double[] sorted = seconds.clone();
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "%.2f to %.2f s (median %.2f)",
                sorted[0],
                sorted[sorted.length - 1],
                sorted[sorted.length / 2]);
    }
}

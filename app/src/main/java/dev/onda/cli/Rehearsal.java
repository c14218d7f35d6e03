package dev.onda.cli;

import dev.onda.audio.WavWriter;
import dev.onda.audio.Wave;
import dev.onda.corpus.Partition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Every command that works on a user's clips, once, on a few hummed ones. The launcher runs this at the end of a build and
 * has Java write down which classes it took, for an archive that later starts read instead of the jars.
 */
public final class Rehearsal {

    private static final int RATE_HZ = 16_000;
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> WORDS = List.of("high", "low");

    private final Path folder;

    private Rehearsal(Path folder) {
        this.folder = folder;
    }

    /**
     * Exits with 1 if a command fails.
     *
     * @param args a folder of its own, which the caller removes
     */
    public static void main(String[] args) throws IOException {
        System.exit(run(Path.of(args[0])) ? Main.DONE : Main.DEFECT);
    }

    /** Whether all commands did what they should. */
    static boolean run(Path folder) throws IOException {
        return new Rehearsal(folder).run();
    }

    private boolean run() throws IOException {
        for (String word : WORDS) {
            for (Partition partition : Partition.values()) {
                hum(word, partition, partition == Partition.TRAINING ? 4 : 1);
            }
        }
        WavWriter.write(folder.resolve("clip.wav"), hum(0, 1));
        String corpus = path("corpus");
        return succeeds("prepare", "--data", corpus, "--out", path("store"))
                && isGood("m5", corpus)
                && isGood("article", path("store"))
                && serves()
                && succeeds("describe", "--model", "m5")
                && succeeds("--version")
                && succeeds("--help");
    }

    private boolean isGood(String architecture, String data) {
        String model = path(architecture + ".safetensors");
        return succeeds("train", "--data", data, "--model", architecture, "--out", model, "--epochs", "1")
                && succeeds("evaluate", "--model", model, "--data", data)
                && succeeds("describe", "--model", model)
                && succeeds("recognize", "--model", model, path("corpus/high"))
                && succeeds("recognize", "--model", model, "--json", path("corpus/low"))
                && succeeds("listen", "--model", model, "--file", path("clip.wav"), "--json");
    }

    /** A studio with its page and an answer; it is interrupted then, as by Ctrl-C. */
    private boolean serves() throws IOException {
        PipedWriter said = new PipedWriter();
        try (BufferedReader lines = new BufferedReader(new PipedReader(said))) {
            FutureTask<Integer> status = new FutureTask<>(() -> studio(said));
            Thread studio = Thread.ofPlatform().daemon().start(status);
            try {
                String address = lines.readLine();
                return address != null && isAnswering(URI.create(address)) && isEnded(studio, status);
            } finally {
                studio.interrupt();
            }
        }
    }

    private int studio(Writer said) {
        try (PrintWriter out = new PrintWriter(said)) {
            return new Main(out, new PrintWriter(System.err, true, System.err.charset()))
                    .execute("studio", "--port", "0", "--folder", path("studio"), "--no-browser");
        }
    }

    private boolean isAnswering(URI address) throws IOException {
        try (InputStream page = address.toURL().openStream()) {
            page.readAllBytes();
        }
        URLConnection asked = address.resolve("/v1/recognize").toURL().openConnection();
        asked.setDoOutput(true);
        try (OutputStream out = asked.getOutputStream()) {
            Files.copy(folder.resolve("clip.wav"), out);
        }
        try (InputStream answer = asked.getInputStream()) {
            return answer.readAllBytes().length > 0;
        }
    }

    private static boolean isEnded(Thread studio, Future<Integer> status) throws IOException {
        studio.interrupt();
        try {
            return status.get(PATIENCE_SECONDS, TimeUnit.SECONDS) == Main.DONE;
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IOException("the studio did not end", e);
        }
    }

    private static boolean succeeds(String... args) {
        return Main.run(args) == Main.DONE;
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    /** Writes clips of a word whose names put them into a partition. */
    private void hum(String word, Partition partition, int clips) throws IOException {
        Path words = Files.createDirectories(folder.resolve("corpus").resolve(word));
        int written = 0;
        for (int candidate = 0; written < clips; candidate++) {
            String name = candidate + "_nohash_0.wav";
            if (Partition.ofFileName(name) == partition) {
                WavWriter.write(words.resolve(name), hum(WORDS.indexOf(word), candidate));
                written++;
            }
        }
    }

    private static Wave hum(int word, int voice) {
        double hertz = 800.0 / (1 + word) + voice;
        float[] samples = new float[RATE_HZ];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.3 * Math.sin(2 * Math.PI * hertz * i / RATE_HZ));
        }
        return new Wave(samples, RATE_HZ);
    }
}

package dev.onda.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.onda.audio.Wave;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model's C, compiled by the system's compiler with a small program around it. Tests skip where there is no compiler. */
final class Compiled {

    private static final List<String> STRICT =
            List.of("cc", "-std=c99", "-pedantic", "-Wall", "-Wextra", "-Werror", "-O2");

    /** What was heard in a window: the word, {@code -} for none, and how likely each is. */
    record Heard(String word, double[] probabilities) {}

    /** How a program ended. */
    record Outcome(int status, String output) {}

    private final Path folder;

    private Compiled(Path folder) {
        this.folder = folder;
    }

    /**
     * @param more options of the compiler
     */
    static Compiled of(CSource source, Path folder, String... more) throws IOException {
        source.write(folder);
        return program(folder, more);
    }

    /** Compiles what lies in a folder. */
    static Compiled program(Path folder, String... more) throws IOException {
        try (InputStream in = Compiled.class.getResourceAsStream("/c/recognize.c")) {
            Files.write(folder.resolve("recognize.c"), in.readAllBytes());
        }
        compile(folder, more, "-c", "recognize.c");
        compile(folder, more, "-c", "onda_model.c");
        return link(folder, more);
    }

    /** Writes the C of a page of the documentation, one block behind the other. */
    static void writeDocumented(Path page, Path to) throws IOException {
        String text = Pattern.compile("^```c\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .collect(Collectors.joining("\n"));
        assertThat(text).as("C in " + page).contains("int main(void)");
        Files.writeString(to, text);
    }

    static void compile(Path folder, String[] more, String... what) throws IOException {
        Outcome outcome = run(command(more, what), folder, new byte[0]);
        assertThat(outcome).isEqualTo(new Outcome(0, ""));
    }

    /** Puts the two objects in a folder together. */
    static Compiled link(Path folder, String... more) throws IOException {
        compile(folder, more, "-o", "recognize", "recognize.o", "onda_model.o", "-lm");
        return new Compiled(folder);
    }

    private static List<String> command(String[] more, String... what) {
        return Stream.of(STRICT.stream(), Arrays.stream(more), Arrays.stream(what))
                .flatMap(s -> s)
                .toList();
    }

    static void needCompiler() {
        try {
            run(List.of("cc", "--version"), Path.of(""), new byte[0]);
        } catch (IOException e) {
            abort("no C compiler (cc) here: " + e.getMessage());
        }
    }

    /** Skips where programs cannot be linked so. */
    static void needOption(String option, Path folder) throws IOException {
        Path empty = folder.resolve("empty.c");
        Files.writeString(empty, "int main(void) { return 0; }\n");
        Outcome outcome = run(command(new String[] {option}, "-o", "empty", "empty.c"), folder, new byte[0]);
        if (outcome.status() != 0) {
            abort("the C compiler has no " + option);
        }
    }

    /** Hears windows of 16-bit samples. */
    List<Heard> hear(List<short[]> windows, int rateHz) throws IOException {
        Outcome outcome = run(windows, windows.getFirst().length, rateHz, "own");
        assertThat(outcome.status()).as(outcome.output()).isZero();
        List<Heard> heard = new ArrayList<>();
        for (String line : outcome.output().lines().toList()) {
            String[] fields = line.split("\t");
            double[] probabilities = Arrays.stream(fields)
                    .skip(1)
                    .mapToDouble(Double::parseDouble)
                    .toArray();
            heard.add(new Heard(fields[0], probabilities));
        }
        assertThat(heard).hasSameSizeAs(windows);
        return heard;
    }

    /**
     * @param count how many samples the program is to say that it has
     * @param model the model that it is to ask for
     */
    Outcome run(List<short[]> windows, int count, int rateHz, String model) throws IOException {
        int samples = windows.stream().mapToInt(w -> w.length).sum();
        ByteBuffer input = ByteBuffer.allocate(Short.BYTES * samples).order(ByteOrder.nativeOrder());
        windows.forEach(window -> {
            for (short sample : window) {
                input.putShort(sample);
            }
        });
        List<String> command = List.of(
                folder.resolve("recognize").toString(), Integer.toString(count), Integer.toString(rateHz), model);
        return run(command, folder, input.array());
    }

    /** Runs a program in the folder with samples as its input. */
    static Outcome run(Path folder, String program, short[] samples) throws IOException {
        ByteBuffer input = ByteBuffer.allocate(Short.BYTES * samples.length).order(ByteOrder.nativeOrder());
        input.asShortBuffer().put(samples);
        return run(List.of(folder.resolve(program).toString()), folder, input.array());
    }

    private static Outcome run(List<String> command, Path folder, byte[] input) throws IOException {
        Path in = Files.createTempFile("onda", ".in");
        try {
            Files.write(in, input);
            Process process = new ProcessBuilder(command)
                    .directory(folder.toAbsolutePath().toFile())
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException e) {
            throw new UncheckedIOException(new IOException(e));
        } finally {
            Files.delete(in);
        }
    }

    /** The same samples as Onda reads them from a file. */
    static Wave wave(short[] window, int rateHz) {
        float[] samples = new float[window.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = window[i] * 0x1p-15f;
        }
        return new Wave(samples, rateHz);
    }
}

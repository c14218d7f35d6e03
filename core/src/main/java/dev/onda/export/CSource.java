package dev.onda.export;

import dev.onda.file.AtomicFile;
import dev.onda.model.Model;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model as C for small devices: C99, no heap, nothing but {@code math.h} and {@code string.h}. From 16-bit samples as they were
 * recorded to probabilities; normalisation and all layers inside, batch norms folded. It refuses sound of another rate or length,
 * and a header of another model.
 *
 * @param header the text of {@code onda_model.h}
 * @param source the text of {@code onda_model.c}
 * @param ramBytes static memory that it works in; the window of samples and the probabilities are the caller's
 * @param flashBytes constants; code and descriptions of layers come on top, about 5 KiB
 */
public record CSource(String header, String source, int ramBytes, int flashBytes) {

    /** How weights are kept. */
    public enum Weights {
        /** As they are. */
        FLOAT,
        /** A byte each, with a scale for each output channel: a quarter of the flash, the same RAM and time. */
        INT8
    }

    private static final String FORMAT = "onda-c-1";

    /**
     * Writes a model.
     *
     * @throws IllegalArgumentException if a weight is not finite once norms are folded
     */
    public static CSource of(Model model, Weights weights) {
        Program program = new Program(model, weights);
        int ram = program.workSize() * Float.BYTES;
        int flash = program.constants().bytes() + wordBytes(model);
        String hash = ModelHash.of(FORMAT, model);
        String about = CText.comment("Hears " + model.words().size() + " words: the network " + model.architecture()
                + " with " + weights.name().toLowerCase(Locale.ROOT) + " weights, by "
                + model.provenance().software());
        String header = Kernel.resource("onda_model.h")
                .replace("@ABOUT@", about)
                .replace("@RAM@", grouped(ram))
                .replace("@FLASH@", grouped(flash))
                .replace("@RATE@", Integer.toString(model.input().sampleRateHz()))
                .replace("@WINDOW@", Integer.toString(model.input().windowSamples()))
                .replace("@WORDS@", Integer.toString(model.words().size()))
                .replace("@THRESHOLD@", (float) model.threshold() + "f")
                .replace("@UNKNOWN@", Model.UNKNOWN)
                .replace("@HASH@", hash);
        String source = Kernel.resource("onda_model.c")
                .replace("@ABOUT@", about)
                .replace("@HASH@", hash)
                .replace("@RATE@", Integer.toString(model.input().sampleRateHz()))
                .replace("@WINDOW@", Integer.toString(model.input().windowSamples()))
                .replace("@CLASSES@", classes(model))
                .replace("@OTHERWISE@", Integer.toString(model.words().indexOf(Model.UNKNOWN)))
                .replace("@WORK@", Integer.toString(program.workSize()))
                .replace("@KERNELS@", program.steps().kernels())
                .replace("@LAYERS@", program.layers())
                .replace("@STEPS@", program.steps().text())
                .replace(
                        "@CONSTANTS@",
                        "typedef " + type(weights) + " onda_weight;\n\n"
                                + program.constants().text())
                .replace("@WORDS@", words(model.words()));
        return new CSource(header, source, ram, flash);
    }

    /**
     * Writes {@code onda_model.h} and {@code onda_model.c} into a folder, which is made if it is not there.
     *
     * @throws IOException if they cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(folder.resolve("onda_model.h"), header.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(folder.resolve("onda_model.c"), source.getBytes(StandardCharsets.UTF_8));
    }

    private static String type(Weights weights) {
        return switch (weights) {
            case FLOAT -> "float";
            case INT8 -> "int8_t";
        };
    }

    private static String words(List<String> words) {
        return words.stream().map(word -> "    " + CText.quoted(word) + ",\n").collect(Collectors.joining());
    }

    /** Texts with their ends, and an address each. */
    private static int wordBytes(Model model) {
        return model.words().stream()
                .mapToInt(word -> word.getBytes(StandardCharsets.UTF_8).length + 1 + Integer.BYTES)
                .sum();
    }

    /** The classes that need no threshold: those for everything that is no word. */
    private static String classes(Model model) {
        return IntStream.range(0, model.words().size())
                .filter(i -> !Model.isWord(model.words().get(i)))
                .mapToObj(i -> " || best == " + i)
                .collect(Collectors.joining());
    }

    private static String grouped(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}

package dev.onda.export;

import dev.onda.file.AtomicFile;
import dev.onda.model.Model;
import dev.onda.model.Provenance;
import dev.onda.model.StreamSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A model as C for small devices: C99, no heap, nothing but {@code math.h} and {@code string.h}. From 16-bit samples as they were
 * recorded to probabilities; normalisation and all layers inside, batch norms folded. It refuses sound of another rate or length,
 * and a header of another export.
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
    /** Names of the two files. */
    private static final String HEADER = "onda_model.h";

    private static final String SOURCE = "onda_model.c";
    /** How both begin, by which they are known again. */
    private static final String WRITTEN_BY = "Written by onda export: ";
    /** In both texts, until all else is there that its digest is of. */
    private static final String EXPORT = "@EXPORT@";

    /**
     * Writes a model.
     *
     * @param software what writes it, with its version
     * @throws IllegalArgumentException if a weight is not finite once norms are folded
     */
    public static CSource of(Model model, Weights weights, String software) {
        Program program = new Program(model, weights);
        int ram = program.workSize() * Float.BYTES;
        int flash = program.constants().bytes() + wordBytes(model);
        String header = common(Kernel.resource("onda_model.h"), model, software)
                .replace("@ABOUT@", about(model, weights))
                .replace("@RAM@", grouped(ram))
                .replace("@FLASH@", grouped(flash))
                .replace("@WORDS@", Integer.toString(model.words().size()))
                .replace("@THRESHOLD@", (float) model.threshold() + "f")
                .replace("@STREAM@", stream(model))
                .replace("@UNKNOWN@", Model.UNKNOWN);
        String source = common(Kernel.resource("onda_model.c"), model, software)
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
        String export = ModelHash.of(header + source);
        return new CSource(header.replace(EXPORT, export), source.replace(EXPORT, export), ram, flash);
    }

    /** What stands in both files. */
    private static String common(String text, Model model, String software) {
        return text.replace("@WRITTEN_BY@", WRITTEN_BY + CText.comment(software))
                .replace("@HASH@", hash(model))
                .replace("@RATE@", Integer.toString(model.input().sampleRateHz()))
                .replace("@WINDOW@", Integer.toString(model.input().windowSamples()));
    }

    /** By what a program sees whether a model hears what it was made for. */
    public static String hash(Model model) {
        return ModelHash.of(FORMAT, model);
    }

    private static String about(Model model, Weights weights) {
        Provenance provenance = model.provenance();
        String form = weights.name().toLowerCase(Locale.ROOT);
        String about = "Hears " + model.words().size() + " words: the network " + model.architecture() + " with " + form
                + " weights, trained by " + (provenance.software().isEmpty() ? "hand" : provenance.software()) + ".";
        return CText.comment(about)
                + (provenance.attribution().isEmpty()
                        ? ""
                        : "\n * It learned from: " + CText.comment(provenance.attribution()));
    }

    private static String stream(Model model) {
        StreamSettings stream = model.stream();
        long hop =
                Math.max(1, Math.round(stream.hopMs() * (double) model.input().sampleRateHz() / 1_000));
        return """
                #define ONDA_STREAM_HOP_SAMPLES %du
                #define ONDA_STREAM_WINDOWS %d
                #define ONDA_STREAM_TEMPERATURE %sf
                #define ONDA_STREAM_THRESHOLD %sf
                #define ONDA_STREAM_RELEASE %sf
                #define ONDA_STREAM_SUPPRESSED %d""".formatted(
                        hop,
                        Math.max(1, stream.smoothingMs() / stream.hopMs()),
                        (float) stream.temperature(),
                        (float) stream.threshold(),
                        (float) stream.release(),
                        stream.suppressionMs() / stream.hopMs());
    }

    /**
     * Writes {@code onda_model.h} and {@code onda_model.c} into a folder, which is made if it is not there.
     *
     * @throws IOException if they cannot be written
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        AtomicFile.write(folder.resolve(HEADER), header.getBytes(StandardCharsets.UTF_8));
        AtomicFile.write(folder.resolve(SOURCE), source.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A file in the folder that {@link #write} would replace, and that no export wrote; nothing if there is none.
     *
     * @throws IOException if a file cannot be read
     */
    public static Optional<Path> foreign(Path folder) throws IOException {
        byte[] first = ("/* " + WRITTEN_BY).getBytes(StandardCharsets.UTF_8);
        for (String name : List.of(HEADER, SOURCE)) {
            Path file = folder.resolve(name);
            if (Files.exists(file) && !AtomicFile.beginsWith(file, first)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
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

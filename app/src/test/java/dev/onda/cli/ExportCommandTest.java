package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.onda.corpus.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest extends TypedCommands {

    @TempDir
    private Path folder;

    @Test
    void aModelsFileSaysWhatItHears() throws IOException {
        Path model = BeepModel.write(folder.resolve("beep.safetensors"));
        Path onnx = folder.resolve("beep.onnx");
        assertThat(onda("export", "--model", model, "--onnx", onnx))
                .as(err.toString())
                .isZero();
        Map<String, String> metadata = metadata(onnx);
        assertThat(metadata)
                .containsEntry("words", "[\"low\",\"high\",\"_silence_\"]")
                .containsEntry("sample_rate_hz", "8000")
                .containsEntry("threshold", "0.0");
        assertThat(out.toString().lines())
                .containsExactly(
                        "by hand, 8,000 Hz, window of 8,000 samples, 3 words: low, high, _silence_",
                        String.format(
                                Locale.ROOT, "%s: %,d bytes; hash %s", onnx, Files.size(onnx), metadata.get("hash")));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void withoutAModelItIsTheOneInTheBox() throws IOException {
        Path onnx = folder.resolve("onda.onnx");
        assertThat(onda("export", "--onnx", onnx)).as(err.toString()).isZero();
        assertThat(out.toString()).contains("onda-m, 16,000 Hz, window of 16,000 samples, 20 words: bed, ");
        assertThat(metadata(onnx).get("words"))
                .contains(BoxedModel.orFile(Optional.empty()).words());
    }

    @Test
    void eightBitsAreJudgedBesideAll() throws IOException {
        Path model = BeepModel.write(folder.resolve("beep.safetensors"));
        Path corpus = folder.resolve("corpus");
        for (Partition partition : List.of(Partition.TRAINING, Partition.VALIDATION)) {
            BeepModel.addClips(corpus, "low", partition, 4, 300, 0.1);
            BeepModel.addClips(corpus, "high", partition, 4, 3_000, 0.1);
        }
        Path onnx = folder.resolve("beep.onnx");
        assertThat(onda("export", "--model", model, "--onnx", onnx, "--int8", "--data", corpus))
                .as(err.toString())
                .isZero();
        assertThat(out.toString().lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("by hand, 8,000 Hz"),
                        line -> assertThat(line)
                                .isEqualTo(
                                        "of 12 validation clips 12 are right with 32 bits, 100.00 %; 12 with 8 bits, "
                                                + "100.00 %: 0.00 points less"),
                        line -> assertThat(line).matches("with 32 bits it would be [0-9,]+ bytes: [0-9.]+ of that"),
                        line -> assertThat(line).startsWith(onnx + ": ").contains(" bytes; hash "));
        assertThat(ModelProto.parseFrom(Files.readAllBytes(onnx)).getGraph().getNodeList())
                .anyMatch(node -> node.getOpType().equals("QuantizeLinear"));
        Path store = folder.resolve("store");
        Path again = folder.resolve("again.onnx");
        assertThat(onda("prepare", "--data", corpus, "--out", store)).isZero();
        assertThat(onda("export", "--model", model, "--onnx", again, "--int8", "--data", store))
                .as(err.toString())
                .isZero();
        assertThat(again).hasSameBinaryContentAs(onnx);
    }

    @Test
    void refusesEightBitsWithoutClips() throws IOException {
        Path model = BeepModel.write(folder.resolve("beep.safetensors"));
        Path onnx = folder.resolve("beep.onnx");
        assertRefused(
                onda("export", "--model", model, "--onnx", onnx, "--int8"),
                "--int8: with --onnx and --web it takes clips");
        assertRefused(
                onda("export", "--model", model, "--onnx", onnx, "--data", folder),
                "--data: only --int8 takes clips; add --int8, or leave --data out");
        assertRefused(
                onda("export", "--model", model, "--c", folder.resolve("c"), "--int8", "--data", folder),
                "--data: --c takes no clips, with --int8 neither; leave --data out");
        Path corpus = folder.resolve("corpus");
        BeepModel.addClips(corpus, "low", 2, 300, 0.1);
        BeepModel.addClips(corpus, "high", 2, 3_000, 0.1);
        assertRefused(
                onda("export", "--model", model, "--onnx", onnx, "--int8", "--data", corpus),
                corpus + ": no clip of the model's words in the partition training (the words: low, high, _silence_)");
        assertThat(onnx).doesNotExist();
    }

    @Test
    void refusesWhatCannotBeExported() throws IOException {
        Path model = BeepModel.write(folder.resolve("beep.safetensors"));
        Path onnx = folder.resolve("beep.onnx");
        assertRefused(
                onda("export", "--model", model),
                "nothing to write: name what you want: --onnx FILE, --c DIR or --web DIR");
        assertRefused(onda("export", "--model", model, "--onnx", model), "the model itself; name another file");
        assertRefused(onda("export", "--model", model, "--onnx", folder), "a folder; name a file, such as ");
        assertRefused(
                onda("export", "--model", model, "--onnx", folder.resolve("none/x.onnx")),
                "does not exist; make it first");
        assertRefused(onda("export", "--model", "m5", "--onnx", onnx), "a network that nobody has trained yet");
        assertRefused(
                onda("export", "--model", folder.resolve("none"), "--onnx", onnx),
                "--model " + folder.resolve("none") + ": no such file or folder; name a model");
        assertRefused(onda("export", "--model", model, "--c", model), "a file; name a folder");
        assertRefused(
                onda("export", "--model", model, "--onnx", onnx, "--web", folder.resolve("none/web")),
                "does not exist; make it first");
        assertRefused(onda("export", "--model", model, "--onnx", "-"), "--onnx: a file is needed, not \"-\"");
        assertRefused(onda("export", "--model", model, "--onnx", ""), "--onnx: a file is needed, not \"\"");
        assertRefused(onda("export", "--model", model, "--c", ""), "--c: the name of the folder is empty");
        assertRefused(
                onda("export", "--model", model, "--c", model.resolve("sub")), model + " is a file, not a folder");
        assertThat(onnx).doesNotExist();
    }

    @Test
    void writesCToo() throws IOException {
        Path model = BeepModel.write(folder.resolve("beep.safetensors"));
        Path c = folder.resolve("c");
        assertThat(onda("export", "--model", model, "--c", c))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(c.resolve("onda_model.h"))).contains("8000");
        assertThat(Files.readString(c.resolve("onda_model.c"))).contains("\"low\"");
        assertThat(out.toString())
                .contains(c + ": onda_model.c and onda_model.h, ")
                .containsPattern("; hash [0-9a-f]{16}\n");
        String floats = Files.readString(c.resolve("onda_model.c"));
        assertThat(onda("export", "--model", model, "--c", c, "--int8"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(c.resolve("onda_model.c")))
                .contains("typedef int8_t onda_weight;")
                .isNotEqualTo(floats);
    }

    @Test
    void replacesOnlyWhatAnExportWrote() throws IOException {
        Path model = BeepModel.write(folder.resolve("beep.safetensors"));
        Path onnx = folder.resolve("x.onnx");
        Path c = folder.resolve("c");
        Object[] command = {"export", "--model", model, "--onnx", onnx, "--c", c};
        assertThat(onda(command)).as(err.toString()).isZero();
        assertThat(onda(command)).as(err.toString()).isZero();
        Files.writeString(c.resolve("onda_model.c"), "my own");
        assertRefused(
                onda(command), "--c: " + c.resolve("onda_model.c") + " exists already and is not of an export; name");
        Files.delete(c.resolve("onda_model.c"));
        Files.writeString(onnx, "my own");
        assertRefused(onda(command), "--onnx: " + onnx + " exists already and is not of an export; name another place");
        assertThat(onnx).hasContent("my own");
        Path web = Files.createDirectory(folder.resolve("web"));
        for (String name : List.of("index.html", "ort.js", "LICENSE.txt", "model.onnx")) {
            Path file = Files.writeString(web.resolve(name), "my own");
            assertRefused(onda("export", "--web", web), "--web: " + file + " exists already and is not of an export");
            Files.delete(file);
        }
        assertThat(web).isEmptyDirectory();
    }

    @Test
    void refusesExportsInEachOthersPlace() {
        Path one = folder.resolve("one");
        assertRefused(onda("export", "--onnx", one, "--c", one), "the folder of another export has this name");
        assertRefused(
                onda("export", "--onnx", folder.resolve("onda_model.h"), "--c", folder),
                "its name ends with .onnx, so");
        assertThat(folder).isEmptyDirectory();
    }

    /** A corpus's credit, by way of a store, into a model and all that is exported of it. */
    @Test
    void whoIsToBeCreditedStaysWithAModel() throws IOException {
        Path corpus = folder.resolve("corpus");
        for (Partition partition : List.of(Partition.TRAINING, Partition.VALIDATION)) {
            BeepModel.addClips(corpus, "low", partition, 4, 300, 0.1);
            BeepModel.addClips(corpus, "high", partition, 4, 3_000, 0.1);
        }
        Files.writeString(corpus.resolve("ATTRIBUTION.txt"), "Beeps, A. Body\n\n  CC BY 4.0\n");
        Path store = folder.resolve("store");
        Path model = folder.resolve("beeps.safetensors");
        assertThat(onda("prepare", "--data", corpus, "--out", store)).isZero();
        assertThat(onda("train", "--data", store, "--model", "m5", "--epochs", 1, "--out", model))
                .as(err.toString())
                .isZero();
        String credit = "Beeps, A. Body; CC BY 4.0";
        assertThat(onda("describe", "--model", model)).isZero();
        assertThat(out.toString()).contains("\nto be credited: " + credit + "\n");
        Path onnx = folder.resolve("beeps.onnx");
        Path c = folder.resolve("c");
        assertThat(onda("export", "--model", model, "--onnx", onnx, "--c", c)).isZero();
        assertThat(metadata(onnx)).containsEntry("attribution", credit);
        assertThat(Files.readString(c.resolve("onda_model.h"))).contains("It learned from: Beeps, A. Body; CC BY 4.0");
        Files.writeString(corpus.resolve("ATTRIBUTION.txt"), "x".repeat(1_001));
        assertRefused(
                onda("prepare", "--data", corpus, "--out", folder.resolve("more")),
                "ATTRIBUTION.txt: 1001 bytes; a line");
    }

    private static Map<String, String> metadata(Path file) throws IOException {
        return ModelProto.parseFrom(Files.readAllBytes(file)).getMetadataPropsList().stream()
                .collect(Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
    }
}

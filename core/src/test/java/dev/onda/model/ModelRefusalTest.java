package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Files that are no models, or lie: each is refused in one line that begins with its path. Long, as each lie is a test. */
class ModelRefusalTest {

    private static final String TENSOR = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

    @TempDir
    private Path folder;

    private byte[] good = {};

    @BeforeEach
    void writeAGoodOne() throws IOException {
        Path path = folder.resolve("good");
        ModelFile.write(path, TinyModels.model(1));
        good = Files.readAllBytes(path);
    }

    @Test
    void refusesAnEmptyFileAndSevenBytes() throws IOException {
        assertRefused(new byte[0], "not a .safetensors file: 0 bytes, at least 8 are needed");
        assertRefused(new byte[7], "not a .safetensors file: 7 bytes, at least 8 are needed");
    }

    @ParameterizedTest
    @CsvSource({
        "0, not a .safetensors file: it does not begin like one",
        "1, not a .safetensors file: it does not begin like one",
        "-1, not a .safetensors file: it does not begin like one",
        "-9223372036854775808, not a .safetensors file: it does not begin like one",
        "9223372036854775807, not a .safetensors file: it does not begin like one",
        "4294967298, not a .safetensors file: it does not begin like one",
        "3, 'cut off, or no .safetensors file: a header of 3 bytes is announced, the file has 10 bytes'"
    })
    void refusesAHeaderLengthThatCannotBe(long length, String told) throws IOException {
        byte[] file = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .put("{}".getBytes(StandardCharsets.UTF_8))
                .array();
        assertRefused(file, told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not JSON", "{\"a\":", "{} {}", "{\"a\":{},\"a\":{}}", "{'a':1}"})
    void refusesAHeaderThatIsNotJson(String header) throws IOException {
        assertRefused(TinyModels.file(header, new byte[0]), "its header is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "17", "\"text\"", "null"})
    void refusesAHeaderThatIsNoObject(String header) throws IOException {
        assertRefused(TinyModels.file(header, new byte[0]), "its header is not a JSON object");
    }

    @Test
    void refusesAHeaderThatIsNotUtf8() throws IOException {
        byte[] file = TinyModels.file("{\"ab\":1}", new byte[0]);
        file[10] = (byte) 0xff;
        assertRefused(file, "its header is not JSON");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void refusesDeepNesting(String opening) throws IOException {
        assertRefused(TinyModels.file(opening.repeat(200_000), new byte[0]), "its header is not JSON");
        byte[] file = meta("layers", "[".repeat(100_000));
        assertRefused(file, "metadata layers is not JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":32,\"shape\":[2],\"data_offsets\":[0,8]}}",
                "{\"a\":7}"
            })
    void refusesOtherTypes(String header) throws IOException {
        assertRefused(TinyModels.file(header, new byte[8]), "tensor a: type F32 is expected, not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[-2]", "[0]", "[2.0]", "[\"2\"]", "[9999999999]", "[[2]]", "[null]"})
    void refusesDimensionsThatCannotBe(String shape) throws IOException {
        assertRefused(
                TinyModels.file(TENSOR.replace("[2]", shape) + "}", new byte[8]),
                "tensor a: a dimension is a whole number from 1, not ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"x\":2}", "2", "\"2\"", "null"})
    void refusesAShapeThatIsNoList(String shape) throws IOException {
        assertRefused(
                TinyModels.file(TENSOR.replace("[2]", shape) + "}", new byte[8]), "tensor a: its shape is a list");
    }

    @Test
    void refusesShapesThatOverflow() throws IOException {
        String huge = "[2147483647,2147483647,2147483647]";
        assertRefused(TinyModels.file(TENSOR.replace("[2]", huge) + "}", new byte[8]), "tensor a: too large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[4,8]",
                "[0,4]",
                "[0,12]",
                "[-8,0]",
                "[0]",
                "[0,8,8]",
                "[8,0]",
                "{\"x\":0,\"y\":8}",
                "\"0,8\"",
                "[0.0,8.0]",
                "[0,9223372036854775807]",
                "[0,99999999999999999999]",
                "null"
            })
    void refusesOffsetsThatDoNotFit(String offsets) throws IOException {
        assertRefused(
                TinyModels.file(TENSOR.replace("[0,8]", offsets) + "}", new byte[8]),
                "do not fit its shape or its place");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[0,8]", "[4,12]", "[12,20]"})
    void refusesTensorsThatOverlapOrLeaveAHole(String second) throws IOException {
        String header = TENSOR + ",\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":" + second + "}}";
        assertRefused(TinyModels.file(header, new byte[20]), "tensor b: its offsets " + second + " do not fit");
    }

    @Test
    void refusesMoreOrLessDataThanDescribed() throws IOException {
        String header = TENSOR + "}";
        int all = 8 + header.length() + 8;
        assertRefused(
                TinyModels.file(header, new byte[9]),
                "damaged, or something was added to it: its header describes " + all + " bytes, the file has "
                        + (all + 1));
        assertRefused(TinyModels.file(header, new byte[7]), "bad: cut off: its header describes " + all);
    }

    @Test
    void refusesMetadataThatIsNotText() throws IOException {
        assertRefused(TinyModels.file("{\"__metadata__\":{\"n\":1}}", new byte[0]), "metadata n is not text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"__metadata__\":{\"format\":\"pt\"}}", "{\"__metadata__\":[]}"})
    void refusesTensorsOfOthers(String header) throws IOException {
        assertRefused(
                TinyModels.file(header, new byte[0]),
                header.contains("pt")
                        ? "format \"onda model 1\" is expected, found \"pt\""
                        : "not an Onda model: its metadata names no format");
    }

    @Test
    void refusesAnotherVersionOfTheFormat() throws IOException {
        assertRefused(meta("format", "onda model 2"), "format \"onda model 1\" is expected, found \"onda model 2\"");
    }

    @Test
    void aLineBreakInTheFileMakesNoSecondLine() throws IOException {
        assertRefused(meta("format", "a\r\nb\u2028c"), "found \"a b c\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "architecture",
                "words",
                "sample_rate_hz",
                "window_samples",
                "normalization",
                "layers",
                "recipe",
                "figures"
            })
    void refusesAModelWithoutOneOfItsSettings(String key) throws IOException {
        assertRefused(changed(h -> metadata(h).remove(key)), "contradicts itself: metadata " + key + " is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2147483647|a window of 1 to 10000 samples (ten seconds) is expected, not 2147483647",
                "2147483648|metadata window_samples is a whole number, not 2147483648",
                "0|a window of 1 to 10000 samples (ten seconds) is expected, not 0",
                "-24|not -24",
                "10000|which is not there",
                "4|does not fit into",
                "x|metadata window_samples is a whole number, not x"
            })
    void refusesAWindowThatLies(String samples, String reason) throws IOException {
        assertRefused(meta("window_samples", samples), reason);
    }

    @Test
    void refusesTenSecondsAt192Kilohertz() throws IOException {
        byte[] file = changed(h -> metadata(h).put("sample_rate_hz", "192000").put("window_samples", "1920000"));
        assertRefused(file, "its layers need a tensor d1.weight of shape [3, 479998], which is not there");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "192001", "-1"})
    void refusesOtherSampleRates(String rate) throws IOException {
        assertRefused(meta("sample_rate_hz", rate), "a sample rate of 1,000 to 192,000 Hz is expected, not " + rate);
    }

    @Test
    void refusesANormalizationThatIsNone() throws IOException {
        assertRefused(meta("normalization", "loud"), "metadata normalization: none is called loud");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"yes\",\"no\"]|2 words do not fit a network with 3 outputs",
                "[]|0 words do not fit",
                "[\"yes\",\"no\",\"yes\"]|a word stands twice in [yes, no, yes]",
                "[\"yes\",\"no\",3]|words are texts, not 3",
                "{\"a\":\"yes\",\"b\":\"no\",\"c\":\"on\"}|words are a list of texts",
                "yes|metadata words is not JSON"
            })
    void refusesWordsThatDoNotFit(String words, String reason) throws IOException {
        assertRefused(meta("words", words), reason);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_048_576, 1_000_000})
    void refusesHugeLayersBeforeTheyAreAllocated(int channels) throws IOException {
        assertRefused(layer(0, l -> l.put("channels", channels)), "which is not there");
        assertRefused(layer(9, l -> l.put("units", channels)), "which is not there");
        assertRefused(layer(0, l -> l.put("kernel", channels)), "which is not there");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "channels|1048577|layer 1 (conv1d): channels is a whole number from 1 to 1048576, not 1048577",
                "kernel|0|layer 1 (conv1d): kernel is a whole number from 1",
                "stride|-1|layer 1 (conv1d): stride is a whole number from 1",
                "dilation|2147483648|layer 1 (conv1d): dilation is a whole number from 1",
                "groups|1.5|layer 1 (conv1d): groups is a whole number from 1",
                "groups|3|2 channels cannot be cut into 3 groups",
                "padding|\"wide\"|layer 1 (conv1d): wide is none of its choices",
                "name|7|layer 1: name is missing or not text",
                "name|\" \"|layer 1: its name is empty; leave it out, or give one",
                "bias|true|layer 1 (conv1d): unknown key bias",
                "type|\"lstm\"|layer 1: no layer is of type lstm",
                "name|\"out\"|its layers need a tensor out.weight"
            })
    void refusesALayerThatIsNone(String key, String value, String reason) throws IOException {
        assertRefused(layer(0, l -> l.set(key, JsonMapper.shared().readTree(value))), reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same", "valid"})
    void refusesAKernelWhoseReachOverflows(String padding) throws IOException {
        // 1 + 2^20 (4,097 - 1) is 1 in 32 bits: the kernel would seem to fit, and read far beyond its input.
        byte[] file =
                layer(0, l -> l.put("kernel", 4_097).put("dilation", 1 << 20).put("padding", padding));
        assertRefused(
                resized(file, "c1.weight", List.of(2, 1, 4_097)),
                "a kernel that reaches over 4294967297 samples; at most 4194304 are possible");
    }

    @Test
    void refusesLayersWhoseOutputsNoMemoryHolds() throws IOException {
        // A padded input of 2^30 samples for a kernel of 1,025 taps: 4 KB in the file, 4 GB at work.
        byte[] file = layer(0, l -> l.put("kernel", 1_025).put("dilation", 1 << 20));
        assertRefused(resized(file, "c1.weight", List.of(2, 1, 1_025)), "reaches over 1073741825 samples");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{}", "3", "[3]", "[null]", "[{}]"})
    void refusesLayersThatAreNoList(String layers) throws IOException {
        assertRefused(meta("layers", layers), "contradicts itself: layer");
    }

    /** Two clips of three numbers, and their labels: what lies last in the file. */
    private static final int MEMORY_BYTES = 8 * Float.BYTES;

    @ParameterizedTest
    @ValueSource(ints = {0x7fc00000, 0x7f800000, 0xff800000})
    void refusesNumbersThatAreNotFinite(int bits) throws IOException {
        byte[] file = good.clone();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(file.length - 4 - MEMORY_BYTES, bits);
        assertRefused(file, "tensor out.bias holds a number that is not finite");
        byte[] memory = good.clone();
        ByteBuffer.wrap(memory).order(ByteOrder.LITTLE_ENDIAN).putInt(memory.length - MEMORY_BYTES, bits);
        assertRefused(memory, "its memory holds a number that is not finite");
    }

    @ParameterizedTest
    @ValueSource(floats = {-1, 0.5f, 3, Float.NaN, 1e10f})
    void refusesAMemoryOfClassesThatAreNone(float label) throws IOException {
        byte[] file = good.clone();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(file.length - 4, label);
        assertRefused(file, "memory");
    }

    @Test
    void refusesANegativeVariance() throws IOException {
        byte[] file = good.clone();
        int at = 8
                + TinyModels.headerLength(good)
                + TinyModels.header(good).at("/b1.running_var/data_offsets/0").asInt();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, -1);
        assertRefused(file, "tensor b1.running_var holds a negative variance");
    }

    @Test
    void refusesATensorOfNoLayer() throws IOException {
        byte[] bare = changed(h -> {
            int end = TinyModels.data(good).length;
            ObjectNode extra = h.putObject("extra").put("dtype", "F32");
            extra.putArray("shape").add(1);
            extra.putArray("data_offsets").add(end).add(end + 4);
        });
        byte[] file = ByteBuffer.allocate(bare.length + 4).put(bare).array();
        assertRefused(file, "tensor extra belongs to none of its layers");
    }

    @Test
    void refusesATensorOfAnotherShape() throws IOException {
        byte[] file = changed(h ->
                ((ArrayNode) h.at("/c1.weight/shape")).removeAll().add(3).add(1).add(2));
        assertRefused(file, "its layers need a tensor c1.weight of shape [2, 1, 3], which is not there");
    }

    @Test
    void refusesAFolderAndNamesAFileThatIsMissing() {
        assertThatThrownBy(() -> ModelFile.read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessage(folder + ": a folder, not a model file");
        Path none = folder.resolve("none");
        assertThatThrownBy(() -> ModelFile.read(none))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(none + ": no such file; expected a model (.safetensors), as onda train writes it, at "
                        + none.toAbsolutePath());
    }

    @Test
    void aModelRefusesPartsThatDoNotFit() {
        Model model = TinyModels.model(1);
        InputFormat other = new InputFormat(1_000, 25, Normalization.NONE);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Model("x", model.network(), model.words(), other, 0, Memory.NONE, Provenance.NONE))
                .withMessage("a network for inputs of shape (1, 24) does not fit a window of 25 samples");
    }

    private void assertRefused(byte[] file, String reason) throws IOException {
        Path path = folder.resolve("bad");
        Files.write(path, file);
        assertThatThrownBy(() -> ModelFile.read(path))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(path + ": ")
                .hasMessageContaining(reason)
                .satisfies(
                        e -> assertThat(String.valueOf(e.getMessage()).lines()).hasSize(1));
    }

    private byte[] changed(Consumer<ObjectNode> change) {
        ObjectNode header = TinyModels.header(good);
        change.accept(header);
        return TinyModels.file(header.toString(), TinyModels.data(good));
    }

    private static ObjectNode metadata(ObjectNode header) {
        return (ObjectNode) header.get("__metadata__");
    }

    private byte[] meta(String key, String value) {
        return changed(h -> metadata(h).put(key, value));
    }

    private byte[] layer(int index, Consumer<ObjectNode> change) {
        ArrayNode layers = (ArrayNode) JsonMapper.shared()
                .readTree(metadata(TinyModels.header(good)).get("layers").asString());
        change.accept((ObjectNode) layers.get(index));
        return meta("layers", layers.toString());
    }

    /** The file with one tensor of another shape, all others moved, every number zero. */
    private static byte[] resized(byte[] file, String name, List<Integer> shape) {
        ObjectNode header = TinyModels.header(file);
        ArrayNode dimensions = (ArrayNode) header.get(name).get("shape");
        dimensions.removeAll();
        shape.forEach(dimensions::add);
        int end = 0;
        for (var field : header.properties()) {
            if (!field.getKey().equals("__metadata__")) {
                int size = 4;
                for (var dimension : field.getValue().get("shape")) {
                    size *= dimension.asInt();
                }
                ((ObjectNode) field.getValue())
                        .putArray("data_offsets")
                        .add(end)
                        .add(end + size);
                end += size;
            }
        }
        return TinyModels.file(header.toString(), new byte[end]);
    }
}

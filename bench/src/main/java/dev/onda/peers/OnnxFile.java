package dev.onda.peers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import dev.onda.nn.Padding;
import dev.onda.nn.Parameter;
import dev.onda.nn.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A network in use as an ONNX model (ONNX 1.12, operator set 17): {@code clips (batch, channels, time)} to
 * {@code logits (batch, words)}. Only to give ONNX Runtime its work.
 */
final class OnnxFile {

    private static final int OPERATORS = 17;
    /** Of the file format, the one that came with operator set 17. */
    private static final int FORMAT = 8;

    private final Network network;
    private final int batch;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("onda");
    private String at = "clips";

    private OnnxFile(Network network, int batch) {
        this.network = network;
        this.batch = batch;
    }

    /**
     * The file's bytes.
     *
     * @param batch clips at once, fixed so that the runtime may plan with it
     */
    static byte[] of(Network network, int batch) {
        return new OnnxFile(network, batch).model().toByteArray();
    }

    private ModelProto model() {
        graph.addInput(value(
                "clips", batch, network.input().channels(), network.input().time()));
        for (Parameter p : network.parameters()) {
            long[] shape = Arrays.stream(p.shape()).asLongStream().toArray();
            graph.addInitializer(tensor(p, shape));
        }
        for (int i = 0; i < network.layers().size(); i++) {
            add(network.layers().get(i), network.input(i));
        }
        graph.addNode(node("Flatten", List.of(at), "logits"));
        graph.addOutput(value("logits", batch, network.output().size()));
        return ModelProto.newBuilder()
                .setIrVersion(FORMAT)
                .setProducerName("onda-bench")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPERATORS))
                .setGraph(graph)
                .build();
    }

    private void add(Layer layer, Shape in) {
        switch (layer) {
            case Layer.Conv1d c -> {
                int total = c.padding() == Padding.SAME ? reach(c, in) : 0;
                next(
                        "Conv",
                        List.of(c.name() + ".weight", c.name() + ".bias"),
                        ints("kernel_shape", c.kernel()),
                        ints("strides", c.stride()),
                        ints("dilations", c.dilation()),
                        ints("pads", total / 2, total - total / 2),
                        integer("group", c.groups()));
            }
            case Layer.Dense d
            when in.time() == 1 -> {
                next("Flatten", List.of());
                next("Gemm", List.of(d.name() + ".weight", d.name() + ".bias"), integer("transB", 1));
            }
            // (units, channels) x (batch, channels, time): no transposition is needed.
            case Layer.Dense d -> {
                String product = d.name() + "/product";
                graph.addNode(node("MatMul", List.of(d.name() + ".weight", at), product));
                graph.addInitializer(column(d.name() + ".bias", d.units()));
                at = product;
                next("Add", List.of(columnName(d.name() + ".bias")));
            }
            case Layer.BatchNorm b ->
                next(
                        "BatchNormalization",
                        List.of(
                                b.name() + ".weight",
                                b.name() + ".bias",
                                b.name() + ".running_mean",
                                b.name() + ".running_var"),
                        number("epsilon", b.epsilon()));
            case Layer.Activation a ->
                next(
                        switch (a.function()) {
                            case RELU -> "Relu";
                            case TANH -> "Tanh";
                        },
                        List.of());
            case Layer.MaxPool p ->
                next("MaxPool", List.of(), ints("kernel_shape", p.size()), ints("strides", p.size()));
            case Layer.AveragePool p ->
                next("AveragePool", List.of(), ints("kernel_shape", p.size()), ints("strides", p.size()));
            case Layer.GlobalAveragePool _ -> next("GlobalAveragePool", List.of());
            case Layer.Flatten _ -> {
                next("Transpose", List.of(), ints("perm", 0, 2, 1));
                next("Flatten", List.of());
            }
            case Layer.Dropout _, Layer.SpatialDropout _ -> {}
        }
    }

    /** Zeros that padding "same" puts around an input, as {@link Layer.Conv1d} has them. */
    private static int reach(Layer.Conv1d c, Shape in) {
        int out = (in.time() + c.stride() - 1) / c.stride();
        return Math.max(0, (out - 1) * c.stride() + c.dilation() * (c.kernel() - 1) + 1 - in.time());
    }

    /** A node behind the last one. */
    private void next(String operator, List<String> parameters, AttributeProto... attributes) {
        String to = operator + "/" + graph.getNodeCount();
        graph.addNode(
                node(operator, List.of(at), to).addAllInput(parameters).addAllAttribute(Arrays.asList(attributes)));
        at = to;
    }

    private static NodeProto.Builder node(String operator, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output);
    }

    private static String columnName(String parameter) {
        return parameter + "/column";
    }

    /** A bias as {@code (units, 1)}, to be added at each time step. */
    private TensorProto column(String parameter, int units) {
        Parameter bias = network.parameters().stream()
                .filter(p -> p.name().equals(parameter))
                .findFirst()
                .orElseThrow();
        return tensor(bias, units, 1).toBuilder().setName(columnName(parameter)).build();
    }

    private static TensorProto tensor(Parameter p, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * p.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(p.values());
        return TensorProto.newBuilder()
                .setName(p.name())
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(LongStream.of(shape).boxed().toList())
                .setRawData(ByteString.copyFrom(bytes))
                .build();
    }

    private static ValueInfoProto value(String name, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(TensorShapeProto.Dimension.newBuilder().setDimValue(size));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(dimensions)))
                .build();
    }

    private static AttributeProto ints(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }

    private static AttributeProto number(String name, double value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.FLOAT)
                .setF((float) value)
                .build();
    }
}

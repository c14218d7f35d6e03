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
 *
 * <p>As pictures, clips are {@code (batch, channels, 1, time)}: the same numbers for operators of two dimensions, of which the
 * runtime has faster forms.
 */
final class OnnxFile {

    private static final int OPERATORS = 17;
    /** Of the file format, the one that came with operator set 17. */
    private static final int FORMAT = 8;

    private final Network network;
    private final int batch;
    private final boolean asPictures;
    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("onda");
    private String at = "clips";

    private OnnxFile(Network network, int batch, boolean asPictures) {
        this.network = network;
        this.batch = batch;
        this.asPictures = asPictures;
    }

    /**
     * The file's bytes.
     *
     * @param batch clips at once, fixed so that the runtime may plan with it
     */
    static byte[] of(Network network, int batch, boolean asPictures) {
        return new OnnxFile(network, batch, asPictures).model().toByteArray();
    }

    /** The shape of its clips. */
    static long[] clips(Network network, int batch, boolean asPictures) {
        int channels = network.input().channels();
        int time = network.input().time();
        return asPictures ? new long[] {batch, channels, 1, time} : new long[] {batch, channels, time};
    }

    private ModelProto model() {
        graph.addInput(value("clips", clips(network, batch, asPictures)));
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
                weights(c, c.channels(), in.channels() / c.groups(), c.kernel());
                int zeros = c.padding() == Padding.SAME ? zeros(c, in) : 0;
                next(
                        "Conv",
                        List.of(c.name() + ".weight", c.name() + ".bias"),
                        ints("kernel_shape", alongTime(c.kernel())),
                        ints("strides", alongTime(c.stride())),
                        ints("dilations", alongTime(c.dilation())),
                        ints("pads", pads(zeros / 2, zeros - zeros / 2)),
                        integer("group", c.groups()));
            }
            case Layer.Dense d
            when in.time() == 1 -> {
                weights(d, d.units(), in.channels());
                next("Flatten", List.of());
                next("Gemm", List.of(d.name() + ".weight", d.name() + ".bias"), integer("transB", 1));
            }
            // Per time step: a convolution of one tap, which the runtime joins with its activation, as it would not a
            // product.
            case Layer.Dense d -> {
                weights(d, d.units(), in.channels(), 1);
                next("Conv", List.of(d.name() + ".weight", d.name() + ".bias"), ints("kernel_shape", alongTime(1)));
            }
            case Layer.BatchNorm b -> {
                plain(b);
                next(
                        "BatchNormalization",
                        List.of(
                                b.name() + ".weight",
                                b.name() + ".bias",
                                b.name() + ".running_mean",
                                b.name() + ".running_var"),
                        number("epsilon", b.epsilon()));
            }
            case Layer.Activation a ->
                next(
                        switch (a.function()) {
                            case RELU -> "Relu";
                            case TANH -> "Tanh";
                        },
                        List.of());
            case Layer.MaxPool p ->
                next(
                        "MaxPool",
                        List.of(),
                        ints("kernel_shape", alongTime(p.size())),
                        ints("strides", alongTime(p.size())));
            case Layer.AveragePool p ->
                next(
                        "AveragePool",
                        List.of(),
                        ints("kernel_shape", alongTime(p.size())),
                        ints("strides", alongTime(p.size())));
            case Layer.GlobalAveragePool _ -> next("GlobalAveragePool", List.of());
            case Layer.Flatten _ -> {
                next("Transpose", List.of(), ints("perm", asPictures ? new long[] {0, 2, 3, 1} : new long[] {0, 2, 1}));
                next("Flatten", List.of());
            }
            case Layer.Fork _,
                    Layer.Add _,
                    Layer.SqueezeExcitation _,
                    Layer.SincConv1d _,
                    Layer.Gru _,
                    Layer.LookAhead _ ->
                throw new UnsupportedOperationException("none of the networks compared has such a layer");
            case Layer.Dropout _, Layer.SpatialDropout _ -> {}
        }
    }

    /** Zeros that padding "same" puts around an input, as {@link Layer.Conv1d} has them. */
    private static int zeros(Layer.Conv1d c, Shape in) {
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

    /** A weight of this shape, whose third number is one along time, and the bias. */
    private void weights(Layer layer, long... shape) {
        List<Parameter> own = network.parameters(layer);
        long[] whole = shape.length == 3 && asPictures ? new long[] {shape[0], shape[1], 1, shape[2]} : shape;
        graph.addInitializer(tensor(own.getFirst(), whole));
        graph.addInitializer(tensor(own.get(1), own.get(1).values().length));
    }

    private void plain(Layer layer) {
        for (Parameter p : network.parameters(layer)) {
            graph.addInitializer(tensor(p, p.values().length));
        }
    }

    private long[] alongTime(int size) {
        return asPictures ? new long[] {1, size} : new long[] {size};
    }

    private long[] pads(int left, int right) {
        return asPictures ? new long[] {0, left, 0, right} : new long[] {left, right};
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

package dev.onda.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;

/** An ONNX graph under construction: nodes with names of their own, and tensors. */
final class Graph {

    private final GraphProto.Builder graph = GraphProto.newBuilder().setName("onda");
    private final Set<String> shared = new HashSet<>();

    /** A node behind others; returns the name of its output. */
    String node(String operator, List<String> inputs, AttributeProto... attributes) {
        String output = operator + "_" + graph.getNodeCount();
        return named(operator, inputs, output, attributes);
    }

    /** A node whose output has this name; returns it. */
    String named(String operator, List<String> inputs, String output, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setName(output)
                .setOpType(operator)
                .addAllInput(inputs)
                .addOutput(output)
                .addAllAttribute(Arrays.asList(attributes)));
        return output;
    }

    /** A tensor that several nodes share: made by the first that asks for this name, which is returned. */
    String once(String name, UnaryOperator<String> maker) {
        return shared.add(name) ? maker.apply(name) : name;
    }

    /** Numbers that the graph brings along; returns their name. */
    String floats(String name, float[] values, long... shape) {
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        graph.addInitializer(tensor(name, TensorProto.DataType.FLOAT, shape).setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    /** The same with whole numbers. */
    String longs(String name, long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asLongBuffer().put(values);
        graph.addInitializer(
                tensor(name, TensorProto.DataType.INT64, values.length).setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    /** The same with whole numbers of 32 bits. */
    String ints32(String name, int[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        graph.addInitializer(
                tensor(name, TensorProto.DataType.INT32, values.length).setRawData(ByteString.copyFrom(bytes)));
        return name;
    }

    /** The same with signed bytes. */
    String bytes(String name, byte[] values, long... shape) {
        graph.addInitializer(tensor(name, TensorProto.DataType.INT8, shape).setRawData(ByteString.copyFrom(values)));
        return name;
    }

    /** The same with one unsigned byte, which has no dimension. */
    String unsigned(String name, int value) {
        ByteString bytes = ByteString.copyFrom(new byte[] {(byte) value});
        graph.addInitializer(tensor(name, TensorProto.DataType.UINT8).setRawData(bytes));
        return name;
    }

    private static TensorProto.Builder tensor(String name, TensorProto.DataType type, long... shape) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(type.getNumber())
                .addAllDims(LongStream.of(shape).boxed().toList());
    }

    /** How many nodes there are: a part of a fresh name. */
    int size() {
        return graph.getNodeCount();
    }

    /** An input of any number of clips. */
    void input(String name, long... shape) {
        graph.addInput(value(name, shape));
    }

    /** An output of as many. */
    void output(String name, long... shape) {
        graph.addOutput(value(name, shape));
    }

    GraphProto build() {
        return graph.build();
    }

    private static ValueInfoProto value(String name, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder()
                .addDim(TensorShapeProto.Dimension.newBuilder().setDimParam("batch"));
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

    static AttributeProto ints(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INTS)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeProto.AttributeType.INT)
                .setI(value)
                .build();
    }
}

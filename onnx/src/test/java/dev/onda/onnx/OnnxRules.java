package dev.onda.onnx;

import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.FLOAT;
import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.INT;
import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.INTS;
import static ai.onnx.proto.OnnxMl.AttributeProto.AttributeType.STRING;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What ONNX demands of a file (ONNX 1.12: IR.md, Operators.md), as its own checker looks at it: the parts are there and typed, each
 * name is given once and before it is used, operators and attributes are those of operator set 17.
 */
final class OnnxRules {

    private static final int OPERATORS = 17;
    /** The file format's version that came with operator set 17. */
    private static final int IR_VERSION = 8;

    /** An operator: how many inputs it takes, and which attributes. All have one output that is needed. */
    private record Operator(int leastInputs, int mostInputs, Map<String, AttributeType> attributes) {

        static Operator of(int inputs) {
            return new Operator(inputs, inputs, Map.of());
        }
    }

    private static final Map<String, AttributeType> CONVOLUTION = Map.of(
            "auto_pad", STRING, "dilations", INTS, "group", INT, "kernel_shape", INTS, "pads", INTS, "strides", INTS);
    private static final Map<String, AttributeType> REDUCTION = Map.of("axes", INTS, "keepdims", INT);

    private static final Map<String, Operator> KNOWN = Map.ofEntries(
            Map.entry("Abs", Operator.of(1)),
            Map.entry("Add", Operator.of(2)),
            Map.entry(
                    "AveragePool",
                    new Operator(
                            1,
                            1,
                            Map.of(
                                    "auto_pad", STRING,
                                    "ceil_mode", INT,
                                    "count_include_pad", INT,
                                    "kernel_shape", INTS,
                                    "pads", INTS,
                                    "strides", INTS))),
            Map.entry("Conv", new Operator(2, 3, CONVOLUTION)),
            Map.entry("DequantizeLinear", new Operator(2, 3, Map.of("axis", INT))),
            Map.entry("Div", Operator.of(2)),
            Map.entry("Flatten", new Operator(1, 1, Map.of("axis", INT))),
            Map.entry(
                    "GRU",
                    new Operator(
                            3,
                            6,
                            Map.of(
                                    "direction",
                                    STRING,
                                    "hidden_size",
                                    INT,
                                    "linear_before_reset",
                                    INT,
                                    "clip",
                                    FLOAT))),
            Map.entry("GlobalAveragePool", Operator.of(1)),
            Map.entry("Max", new Operator(1, Integer.MAX_VALUE, Map.of())),
            Map.entry(
                    "MaxPool",
                    new Operator(
                            1,
                            1,
                            Map.of(
                                    "auto_pad", STRING,
                                    "ceil_mode", INT,
                                    "dilations", INTS,
                                    "kernel_shape", INTS,
                                    "pads", INTS,
                                    "storage_order", INT,
                                    "strides", INTS))),
            Map.entry("Mul", Operator.of(2)),
            Map.entry("Pad", new Operator(2, 3, Map.of("mode", STRING))),
            Map.entry("QuantizeLinear", new Operator(2, 3, Map.of("axis", INT))),
            Map.entry("ReduceMax", new Operator(1, 1, REDUCTION)),
            Map.entry("ReduceMean", new Operator(1, 1, REDUCTION)),
            Map.entry("Relu", Operator.of(1)),
            Map.entry("Reshape", new Operator(2, 2, Map.of("allowzero", INT))),
            Map.entry("Sigmoid", Operator.of(1)),
            Map.entry("Slice", new Operator(3, 5, Map.of())),
            Map.entry("Softmax", new Operator(1, 1, Map.of("axis", INT))),
            Map.entry("Sqrt", Operator.of(1)),
            Map.entry("Squeeze", new Operator(1, 2, Map.of())),
            Map.entry("Sub", Operator.of(2)),
            Map.entry("Tanh", Operator.of(1)),
            Map.entry("Transpose", new Operator(1, 1, Map.of("perm", INTS))),
            Map.entry("Unsqueeze", Operator.of(2)));

    /** Attributes that must be there, where an operator has such. */
    private static final Map<String, List<String>> DEMANDED =
            Map.of("AveragePool", List.of("kernel_shape"), "MaxPool", List.of("kernel_shape"));

    private final List<String> broken = new ArrayList<>();
    private final Set<String> defined = new HashSet<>();

    private OnnxRules() {}

    /** The rules that a file breaks, in words; none if it is as it should be. */
    static List<String> brokenBy(byte[] file) throws InvalidProtocolBufferException {
        OnnxRules rules = new OnnxRules();
        rules.check(ModelProto.parseFrom(file));
        return rules.broken;
    }

    private void check(ModelProto model) {
        demand(model.getIrVersion() == IR_VERSION, "ir_version", model.getIrVersion());
        demand(model.getOpsetImportCount() == 1, "one operator set", model.getOpsetImportCount());
        model.getOpsetImportList().forEach(set -> {
            demand(set.getDomain().isEmpty(), "operators of ONNX itself", set.getDomain());
            demand(set.getVersion() == OPERATORS, "operator set", set.getVersion());
        });
        Set<String> keys = new HashSet<>();
        model.getMetadataPropsList()
                .forEach(entry -> demand(keys.add(entry.getKey()), "metadata once", entry.getKey()));
        demand(model.hasGraph(), "a graph", "none");
        check(model.getGraph());
    }

    private void check(GraphProto graph) {
        demand(!graph.getName().isEmpty(), "a graph's name", graph.getName());
        graph.getInputList().forEach(input -> {
            check(input);
            define(input.getName());
        });
        graph.getInitializerList().forEach(tensor -> {
            check(tensor);
            define(tensor.getName());
        });
        Set<String> names = new HashSet<>();
        Set<String> used = new HashSet<>();
        for (NodeProto node : graph.getNodeList()) {
            demand(names.add(node.getName()), "a node's name once", node.getName());
            check(node);
            used.addAll(node.getInputList());
        }
        graph.getOutputList().forEach(output -> {
            check(output);
            demand(defined.contains(output.getName()), "an output that is computed", output.getName());
            used.add(output.getName());
        });
        demand(
                used.containsAll(defined),
                "only what is used",
                defined.stream().filter(d -> !used.contains(d)).toList());
        graph.getValueInfoList().forEach(this::check);
    }

    private void check(ValueInfoProto value) {
        demand(!value.getName().isEmpty(), "a value's name", value);
        demand(value.getType().hasTensorType(), "a value's type", value.getName());
        demand(
                value.getType().getTensorType().getElemType() != TensorProto.DataType.UNDEFINED_VALUE,
                "a value's type of numbers",
                value.getName());
        demand(value.getType().getTensorType().hasShape(), "a value's shape", value.getName());
    }

    private void check(TensorProto tensor) {
        demand(!tensor.getName().isEmpty(), "a tensor's name", tensor);
        long numbers = tensor.getDimsList().stream().reduce(1L, Math::multiplyExact);
        int size = switch (TensorProto.DataType.forNumber(tensor.getDataType())) {
            case FLOAT, INT32 -> 4;
            case INT64 -> 8;
            case INT8, UINT8 -> 1;
            case null, default -> 0;
        };
        demand(size > 0, "a tensor's type of numbers", tensor.getName());
        demand(tensor.getRawData().size() == size * numbers, "a tensor's bytes", tensor.getName());
        demand(
                tensor.getFloatDataCount() + tensor.getInt32DataCount() + tensor.getInt64DataCount() == 0,
                "a tensor's numbers in one place",
                tensor.getName());
    }

    private void check(NodeProto node) {
        demand(node.getDomain().isEmpty(), "an operator of ONNX itself", node.getName());
        Operator operator = KNOWN.get(node.getOpType());
        demand(operator != null, "an operator of set 17", node.getOpType());
        if (operator == null) {
            return;
        }
        int inputs = node.getInputCount();
        demand(
                inputs >= operator.leastInputs() && inputs <= operator.mostInputs(),
                "as many inputs as " + node.getOpType() + " takes",
                inputs);
        node.getInputList().forEach(input -> demand(defined.contains(input), "an input that is there already", input));
        demand(node.getOutputCount() == 1, "one output", node.getName());
        node.getOutputList().forEach(this::define);
        Set<String> names = new HashSet<>();
        for (AttributeProto attribute : node.getAttributeList()) {
            String name = node.getOpType() + "." + attribute.getName();
            demand(names.add(attribute.getName()), "an attribute once", name);
            demand(
                    attribute.getType() == operator.attributes().get(attribute.getName()),
                    "an attribute of its type",
                    name);
            check(attribute, name);
        }
        demand(
                names.containsAll(DEMANDED.getOrDefault(node.getOpType(), List.of())),
                "the attributes that it needs",
                node.getName());
    }

    /** Its value is in the one field that its type says. */
    private void check(AttributeProto attribute, String name) {
        boolean isAlone = attribute.getIntsCount() == 0 || attribute.getType() == INTS;
        isAlone &= attribute.getI() == 0 || attribute.getType() == INT;
        isAlone &= attribute.getF() == 0 || attribute.getType() == FLOAT;
        isAlone &= attribute.getS().isEmpty() || attribute.getType() == STRING;
        demand(isAlone, "an attribute's one value", name);
    }

    private void define(String name) {
        demand(!name.isEmpty() && defined.add(name), "a name given once", name);
    }

    private void demand(boolean isSo, String what, Object found) {
        if (!isSo) {
            broken.add(what + ": " + found);
        }
    }
}

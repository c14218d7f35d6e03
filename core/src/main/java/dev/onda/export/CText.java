package dev.onda.export;

import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/** Numbers and words as C writes them. */
final class CText {

    private static final int NUMBERS_A_LINE = 6;
    private static final int BYTES_A_LINE = 20;

    private CText() {}

    /** Exactly this number, in hexadecimal. */
    static String literal(float value) {
        if (!Float.isFinite(value)) {
            throw new IllegalArgumentException("a weight of the model is " + value + "; C has no number for it");
        }
        return value == 0 ? "0.0f" : Float.toHexString(value) + "f";
    }

    static String array(String name, float[] values) {
        return array("float", name, values.length, NUMBERS_A_LINE, i -> literal(values[i]));
    }

    static String array(String name, byte[] values) {
        return array("int8_t", name, values.length, BYTES_A_LINE, i -> Integer.toString(values[i]));
    }

    private static String array(String type, String name, int size, int aLine, IntFunction<String> value) {
        StringBuilder text = new StringBuilder("static const " + type + " " + name + "[" + size + "] = {");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(i % aLine == 0 ? "\n    " : " ")
                    .append(value.apply(i));
        }
        return text.append("};\n").toString();
    }

    /** A string in quotes, whatever stands in it. */
    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = b >= ' ' && b <= '~' && b != '"' && b != '\\' && b != '?';
            quoted.append(isPlain ? Character.toString(b) : String.format("\\%03o", b & 0xff));
        }
        return quoted.append('"').toString();
    }

    /** A text that may stand in a comment. */
    static String comment(String text) {
        return text.replaceAll("[^\\p{Alnum} ,.;:()/+_-]", "_");
    }
}

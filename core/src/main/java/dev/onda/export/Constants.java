package dev.onda.export;

import java.util.HashSet;
import java.util.Set;

/** The constants of a C source: weights and what goes with them. */
final class Constants {

    private static final int LONGEST_NAME = 40;

    private final CSource.Weights form;
    private final StringBuilder text = new StringBuilder();
    private final Set<String> names = new HashSet<>();
    private int bytes;

    Constants(CSource.Weights form) {
        this.form = form;
    }

    /** What a layer is called in C: no other layer is called so, and it has no underscore, so that what is added to it is unique. */
    String name(String layer) {
        String plain = layer.replaceAll("[^A-Za-z0-9]", "");
        String name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME));
        if (!name.matches("[A-Za-z].*")) {
            name = "layer" + name;
        }
        while (!names.add(name)) {
            name += "x";
        }
        return name;
    }

    /** Adds numbers; returns their name. */
    String floats(String name, float[] values) {
        text.append(CText.array(name, values)).append('\n');
        bytes += values.length * Float.BYTES;
        return name;
    }

    /** Adds weights in the form that is asked for; returns what initialises a matrix in C. */
    String matrix(String name, float[] weights, int rows) {
        int columns = weights.length / rows;
        return switch (form) {
            case FLOAT -> "{" + floats(name, weights) + ", NULL, " + columns + "}";
            case INT8 -> {
                Int8 small = Int8.of(weights, rows);
                text.append(CText.array(name, small.bytes())).append('\n');
                bytes += small.bytes().length;
                yield "{" + name + ", " + floats(name + "_scales", small.scales()) + ", " + columns + "}";
            }
        };
    }

    int bytes() {
        return bytes;
    }

    String text() {
        return text.toString();
    }
}

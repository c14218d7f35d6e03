package dev.onda.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** C functions that layers need, each in a resource of its name; in the order in which they know each other. */
enum Kernel {
    SCALE,
    NONE,
    PEAK,
    LEVEL,
    MATRIX,
    DOT,
    ACTIVATION,
    LARGEST,
    LOGISTIC,
    CONVOLUTION,
    DENSE,
    MAX_POOL,
    AVERAGE_POOL,
    NORM,
    ADD,
    FLATTEN,
    LOOK_AHEAD,
    EXCITATION,
    GRU;

    private List<Kernel> needed() {
        return switch (this) {
            case PEAK, LEVEL -> List.of(SCALE);
            case DOT -> List.of(MATRIX);
            case CONVOLUTION -> List.of(MATRIX, ACTIVATION, LARGEST);
            case DENSE -> List.of(DOT);
            case MAX_POOL -> List.of(LARGEST);
            case EXCITATION, GRU -> List.of(DOT, LOGISTIC);
            case SCALE, NONE, MATRIX, ACTIVATION, LARGEST, LOGISTIC, AVERAGE_POOL, NORM, ADD, FLATTEN, LOOK_AHEAD ->
                List.of();
        };
    }

    /** Adds this one and those that it needs. */
    void addTo(Set<Kernel> kernels) {
        kernels.add(this);
        needed().forEach(kernel -> kernel.addTo(kernels));
    }

    String text() {
        return resource(name().toLowerCase(Locale.ROOT) + ".c");
    }

    static String resource(String name) {
        try (InputStream in = Kernel.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

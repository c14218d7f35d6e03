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
    PEAK(SCALE),
    LEVEL(SCALE),
    MATRIX,
    DOT(MATRIX),
    ACTIVATION,
    LARGEST,
    LOGISTIC,
    CONVOLUTION(MATRIX, ACTIVATION, LARGEST),
    DENSE(DOT),
    MAX_POOL(LARGEST),
    AVERAGE_POOL,
    NORM,
    ADD,
    FLATTEN,
    LOOK_AHEAD,
    EXCITATION(DOT, LOGISTIC),
    GRU(DOT, LOGISTIC);

    private final List<Kernel> needed;

    Kernel(Kernel... needed) {
        this.needed = List.of(needed);
    }

    /** Adds this one and those that it needs. */
    void addTo(Set<Kernel> kernels) {
        kernels.add(this);
        needed.forEach(kernel -> kernel.addTo(kernels));
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

package dev.onda.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;

/** Another library that does the same work. */
enum Peer {
    LIBTORCH("libtorch", "PyTorch's library through JavaCPP, float32, as it comes", 5e-4) {
        @Override
        Contender enter(Problem problem) {
            return new TorchContender(problem, false);
        }
    },
    LIBTORCH_TUNED("libtorch", "the same with the settings that make it fastest here", 5e-4) {
        @Override
        Contender enter(Problem problem) {
            return new TorchContender(problem, false);
        }
    },
    LIBTORCH_BF16("libtorch", "the same, tuned, under autocast to bfloat16; Onda in float32", 0.05) {
        @Override
        Contender enter(Problem problem) {
            return new TorchContender(problem, true);
        }
    },
    ONNXRUNTIME("onnxruntime", "ONNX Runtime, float32, on the file that onda export writes", 5e-4) {
        @Override
        Contender enter(Problem problem) {
            return new OnnxContender(problem);
        }

        @Override
        Optional<String> refusal(Work work) {
            return work == Work.TRAINING_STEP
                    ? Optional.of("its Java package for the desktop does not train")
                    : Optional.empty();
        }
    },
    DL4J("dl4j", "Deeplearning4j, float32; its last release is of 2022", 5e-4) {
        @Override
        Contender enter(Problem problem) {
            return new Dl4jContender(problem);
        }
    };

    private final String library;
    private final String description;
    private final double tolerance;

    Peer(String library, String description, double tolerance) {
        this.library = library;
        this.description = description;
        this.tolerance = tolerance;
    }

    /** Takes memory and loads native code: fails with whatever the library throws. */
    abstract Contender enter(Problem problem);

    /** Why this peer cannot do such work at all; empty if it can. */
    Optional<String> refusal(Work work) {
        return Optional.empty();
    }

    /**
     * What its native half reads as it starts: equal threads, and for a tuned one what makes it faster than it is by default.
     *
     * <p>libtorch computes with threads of OpenMP; those of OpenBLAS, which it calls from them, only get in their way (an
     * article training step takes 10.2 ms a clip with two of them, 8.0 with one). It also gives its memory back after each step,
     * to be zeroed anew: kept, a training step of m5 takes 0.7 ms a clip instead of 0.9.
     */
    Map<String, String> environment(int threads) {
        String count = Integer.toString(threads);
        return this == LIBTORCH_TUNED || this == LIBTORCH_BF16
                ? Map.of(
                        "OMP_NUM_THREADS",
                        count,
                        "OPENBLAS_NUM_THREADS",
                        "1",
                        "MALLOC_MMAP_THRESHOLD_",
                        "4294967296",
                        "MALLOC_TRIM_THRESHOLD_",
                        "17179869184")
                : Map.of("OMP_NUM_THREADS", count, "OPENBLAS_NUM_THREADS", count);
    }

    /** What users call it. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code "libtorch 2.10.0: PyTorch's library ..."}. */
    String description() {
        Properties versions = new Properties();
        try (InputStream in = Peer.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return label() + ": " + versions.getProperty(library) + ", " + description;
    }

    /** How far its logits may be from Onda's, as a share, if both compute the same. */
    double tolerance() {
        return tolerance;
    }

    static Optional<Peer> named(String label) {
        return Arrays.stream(values()).filter(p -> p.label().equals(label)).findFirst();
    }

    static String labels() {
        return Arrays.stream(values()).map(Peer::label).collect(Collectors.joining(", "));
    }
}

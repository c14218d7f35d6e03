package dev.onda.cli;

import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.ScalarKernels;
import java.io.PrintWriter;

/** Whether the Vector API is there. The launcher sees to it; who starts Java by hand may forget. */
final class VectorModule {

    private VectorModule() {}

    /** Says that it is missing, with the cost and the cure. */
    static void warnIfMissing(PrintWriter err) {
        if (Kernels.best() instanceof ScalarKernels) {
            err.println("onda: warning: the module jdk.incubator.vector is missing, so the plain arithmetic runs, many "
                    + "times slower; start java with --add-modules jdk.incubator.vector");
        }
    }
}

package dev.onda.nn.kernel;

/** Chooses once. The vector twin is named only where its module is present, so that its class need not load elsewhere. */
final class KernelChoice {

    static final Kernels BEST = choose();

    private KernelChoice() {}

    private static Kernels choose() {
        boolean present = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
        return present ? new VectorKernels() : new ScalarKernels();
    }
}

package dev.onda.recognize;

import dev.onda.model.Model;
import dev.onda.nn.Pass;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;

/** Names what one window holds. Its memory is taken when it is made; for one thread at a time. */
final class WindowJudge {

    private final Model model;
    private final Pass pass;
    private final float[] window;
    private final double[] exact;
    private final float[] posteriors;

    WindowJudge(Model model) {
        this.model = model;
        pass = new Pass(model.network(), Pass.Mode.USE, 1, Kernels.best(), new Workers(1));
        window = new float[model.input().windowSamples()];
        exact = new double[model.words().size()];
        posteriors = new float[exact.length];
    }

    /** Where the window's samples are to be put; {@link #judge} changes them. */
    float[] window() {
        return window;
    }

    /** The posterior of each class; valid until the next call. */
    float[] judge() {
        model.input().normalization().apply(window, 0, window.length);
        float[] logits = pass.forward(window, 1, 0);
        SoftmaxCrossEntropy.softmax(logits, 0, exact);
        for (int i = 0; i < exact.length; i++) {
            posteriors[i] = (float) exact[i];
        }
        return posteriors;
    }
}

package dev.onda.recognize;

import dev.onda.model.Model;
import dev.onda.model.Normalization;
import dev.onda.nn.Pass;
import dev.onda.nn.SoftmaxCrossEntropy;
import dev.onda.nn.StreamPass;
import dev.onda.nn.kernel.Kernels;
import dev.onda.nn.kernel.Workers;
import java.util.Optional;

/**
 * Names what one window of a stream holds. Where the network allows, windows of one stream share work: only the first
 * convolution's where a window is normalised by itself, as then each new sample changes all that the next layer gets. Its memory
 * is taken when it is made; for one thread at a time.
 */
final class WindowJudge {

    private final Normalization normalization;
    private final Optional<StreamPass> sharing;
    /** For windows that share nothing. */
    private final Optional<Pass> whole;

    private final float[] window;
    private final double[] exact;
    private final float[] posteriors;
    private final double[] lanes = Normalization.scratch();

    WindowJudge(Model model, int hopSamples, Kernels kernels) {
        normalization = model.input().normalization();
        sharing = normalization == Normalization.NONE
                ? StreamPass.of(model.network(), hopSamples, kernels)
                : StreamPass.levelled(model.network(), hopSamples, kernels);
        whole = sharing.isPresent()
                ? Optional.empty()
                : Optional.of(new Pass(model.network(), Pass.Mode.USE, 1, kernels, new Workers(1)));
        window = new float[model.input().windowSamples()];
        exact = new double[model.words().size()];
        posteriors = new float[exact.length];
    }

    /** What a stream keeps from window to window; empty if nothing is shared. */
    Optional<StreamPass.Found> found() {
        return sharing.map(StreamPass::found);
    }

    /** Where the window's samples are to be put; {@link #judge} changes them. */
    float[] window() {
        return window;
    }

    /** The posterior of each class; valid until the next call. */
    float[] judge(Optional<StreamPass.Found> last) {
        float[] logits = sharing.isPresent() ? shared(sharing.get(), last.orElseThrow()) : alone();
        SoftmaxCrossEntropy.softmax(logits, 0, exact);
        for (int i = 0; i < exact.length; i++) {
            posteriors[i] = (float) exact[i];
        }
        return posteriors;
    }

    private float[] shared(StreamPass pass, StreamPass.Found last) {
        if (normalization == Normalization.NONE) {
            return pass.forward(window, last);
        }
        float middle = normalization.middle(window, 0, window.length, lanes);
        return pass.forward(window, middle, normalization.scale(window, 0, window.length, middle, lanes), last);
    }

    private float[] alone() {
        normalization.apply(window, 0, window.length, lanes);
        return whole.orElseThrow().forward(window, 1, 0);
    }
}

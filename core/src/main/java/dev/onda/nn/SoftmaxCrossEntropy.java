package dev.onda.nn;

/**
 * Cross-entropy of softmax, averaged over the batch, with label smoothing (Szegedy 2016, section 7): the wanted
 * distribution is {@code 1 - smoothing} at the target plus {@code smoothing / classes} everywhere.
 *
 * @param labelSmoothing in [0, 1)
 */
public record SoftmaxCrossEntropy(double labelSmoothing) {

    /**
     * @throws IllegalArgumentException if the smoothing is not in [0, 1)
     */
    public SoftmaxCrossEntropy {
        if (!(labelSmoothing >= 0 && labelSmoothing < 1)) {
            throw new IllegalArgumentException("label smoothing is in [0, 1), not " + labelSmoothing);
        }
    }

    /**
     * The loss, in nats.
     *
     * @param logits (clips, classes)
     * @param targets class of each clip
     * @param clips how many of them count
     * @param gradient is overwritten with the gradient towards the logits; its length is at least that of the logits in use
     * @throws IllegalArgumentException if a target is not a class
     */
    public double loss(float[] logits, int[] targets, int clips, int classes, float[] gradient) {
        double total = 0;
        double[] p = new double[classes];
        for (int clip = 0; clip < clips; clip++) {
            if (targets[clip] < 0 || targets[clip] >= classes) {
                throw new IllegalArgumentException(
                        "the target of clip " + clip + " is " + targets[clip] + ", not one of " + classes + " classes");
            }
            int at = clip * classes;
            double logSum = softmax(logits, at, p);
            for (int c = 0; c < classes; c++) {
                double wanted = labelSmoothing / classes + (c == targets[clip] ? 1 - labelSmoothing : 0);
                total -= wanted * (logits[at + c] - logSum);
                gradient[at + c] = (float) ((p[c] - wanted) / clips);
            }
        }
        return total / clips;
    }

    /**
     * Fills {@code p} with the softmax of as many logits from {@code at} on, and returns the logarithm of the sum of their
     * exponentials.
     */
    public static double softmax(float[] logits, int at, double[] p) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < p.length; c++) {
            largest = Math.max(largest, logits[at + c]);
        }
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            p[c] = StrictMath.exp(logits[at + c] - largest);
            sum += p[c];
        }
        for (int c = 0; c < p.length; c++) {
            p[c] /= sum;
        }
        return largest + StrictMath.log(sum);
    }
}

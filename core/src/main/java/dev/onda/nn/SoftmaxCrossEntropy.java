package dev.onda.nn;

import java.util.Arrays;

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
     * What is wanted of each clip: a class, or a blend of two.
     *
     * @param labels class of each clip
     * @param others the other class of each clip
     * @param shares how much of a clip is of its first class, in [0, 1]
     * @param weights how much each clip counts
     */
    public record Targets(int[] labels, int[] others, double[] shares, double[] weights) {

        /** One class each, all counting the same; the labels are not copied. */
        public static Targets of(int... labels) {
            double[] ones = new double[labels.length];
            Arrays.fill(ones, 1);
            return new Targets(labels, labels, ones, ones);
        }
    }

    /** The loss, in nats, of clips that are of one class each and all count the same. */
    public double loss(float[] logits, int[] labels, int clips, int classes, float[] gradient) {
        return loss(logits, Targets.of(labels), clips, classes, gradient);
    }

    /**
     * The loss, in nats.
     *
     * @param logits (clips, classes)
     * @param clips how many of them count
     * @param gradient is overwritten with the gradient towards the logits; its length is at least that of the logits in use
     * @throws IllegalArgumentException if a target is not a class
     */
    public double loss(float[] logits, Targets targets, int clips, int classes, float[] gradient) {
        double total = 0;
        double[] p = new double[classes];
        for (int clip = 0; clip < clips; clip++) {
            int label = checked(targets.labels()[clip], clip, classes);
            int other = checked(targets.others()[clip], clip, classes);
            double share = targets.shares()[clip];
            double weight = targets.weights()[clip];
            int at = clip * classes;
            double logSum = softmax(logits, at, p);
            for (int c = 0; c < classes; c++) {
                double hard = (c == label ? share : 0) + (c == other ? 1 - share : 0);
                double wanted = labelSmoothing / classes + hard * (1 - labelSmoothing);
                total -= weight * wanted * (logits[at + c] - logSum);
                gradient[at + c] = (float) (weight * (p[c] - wanted) / clips);
            }
        }
        return total / clips;
    }

    private static int checked(int target, int clip, int classes) {
        if (target < 0 || target >= classes) {
            throw new IllegalArgumentException(
                    "the target of clip " + clip + " is " + target + ", not one of " + classes + " classes");
        }
        return target;
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

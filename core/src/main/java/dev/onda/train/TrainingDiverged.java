package dev.onda.train;

/** The loss is no longer a number: the learning rate is too high for this network and these clips. */
public final class TrainingDiverged extends RuntimeException {

    private static final long serialVersionUID = 1;

    TrainingDiverged(int epoch, double learningRate) {
        super("training diverged in epoch " + epoch + ": the loss is not a number; give a lower learning rate than "
                + learningRate);
    }
}

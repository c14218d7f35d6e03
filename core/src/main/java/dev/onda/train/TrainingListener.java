package dev.onda.train;

import dev.onda.evaluate.Evaluation;
import java.io.IOException;

/** Hears how a training goes on; called from the training thread. */
public interface TrainingListener {

    /**
     * After each step.
     *
     * @param epoch number of the epoch under way, from 1
     * @param clips training clips seen since the training began, earlier runs included
     * @param loss mean training loss of the epoch so far
     * @param accuracy training accuracy of the epoch so far
     */
    void stepped(int epoch, long clips, double loss, double accuracy);

    /** At the end of each epoch: what the network answered on the validation clips. */
    default void judged(Evaluation validation) {}

    /** After each epoch, with its validation done. */
    void epochEnded(Epoch epoch) throws IOException;
}

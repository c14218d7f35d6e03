package dev.onda.train;

/** Training was asked to stop, and has written its checkpoint. */
public final class TrainingStopped extends Exception {

    private static final long serialVersionUID = 1;

    TrainingStopped(String message) {
        super(message);
    }
}

package dev.onda.fetch;

import java.time.Duration;

/**
 * How long a download waits, and how often it tries.
 *
 * @param attempts in a row that may fail without bringing the file further, at least 1
 * @param connect longest wait for a connection
 * @param answer longest wait for the head of the answer
 * @param stall longest wait for the next byte of the body
 * @param pause what to do before trying again
 */
public record Patience(int attempts, Duration connect, Duration answer, Duration stall, Pause pause) {
    private static final int LONGEST_PAUSE_S = 30;

    /**
     * @throws IllegalArgumentException if there is no attempt
     */
    public Patience {
        if (attempts < 1) {
            throw new IllegalArgumentException("a download needs 1 attempt or more, not " + attempts);
        }
    }

    /** Six attempts with pauses of 1, 2, 4, 8 and 16 s between them; half a minute for a sign of life. */
    public static Patience defaults() {
        return new Patience(
                6,
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                failures -> Thread.sleep(Duration.ofSeconds(Math.min(LONGEST_PAUSE_S, 1L << (failures - 1)))));
    }

    /** Waits between two attempts. */
    @FunctionalInterface
    public interface Pause {

        /** Waits, the longer the more attempts in a row have failed (1 or more). */
        void after(int failures) throws InterruptedException;
    }
}

package dev.onda.audio;

import java.io.IOException;

/**
 * One channel of sound that comes piece by piece: from a microphone, a pipe, a file of any length. For one thread that reads;
 * any other may close it meanwhile, upon which a read that waits ends or fails, where the system lets it.
 */
public interface SoundSource extends AutoCloseable {

    /** What {@link #read} returns when the sound is over. */
    int END = -1;

    /** Samples a second, at least 1. */
    int sampleRateHz();

    /**
     * Whether the sound comes by the clock and is lost if nobody reads it in time, as a microphone's. Other sources wait for
     * their reader.
     */
    boolean isLive();

    /**
     * Waits for sound and reads as much as there is and fits.
     *
     * @param samples for amplitudes, full scale is [-1, 1]
     * @param length at least 1
     * @return how many samples, at least 1, or {@link #END}
     * @throws IOException if the sound cannot be read on; what was read before is good
     */
    int read(float[] samples, int offset, int length) throws IOException;

    /** Ends the source; a second time does nothing. */
    @Override
    void close() throws IOException;
}

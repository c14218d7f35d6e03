package dev.onda.audio;

import java.io.IOException;
import java.io.InputStream;

/**
 * Samples without a header, as they come: signed integers of 16 bits, the lower byte first, the channels' by turns. Channels
 * are averaged; a frame that the end cuts is dropped.
 */
public final class PcmStream implements SoundSource {

    /** Of sound that is recorded so far as anyone knows, 7.1; more is a number mistyped, and its average would be noise. */
    private static final int MOST_CHANNELS = 8;

    private final InputStream in;
    private final int sampleRateHz;
    private final FrameReader frames;

    /**
     * @param in closed with this source
     * @throws IllegalArgumentException if rate or channels are below 1, or there are more than {@value #MOST_CHANNELS} channels
     */
    public PcmStream(InputStream in, int sampleRateHz, int channels) {
        if (sampleRateHz < 1) {
            throw new IllegalArgumentException("a sample rate is at least 1 Hz, not " + sampleRateHz);
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new IllegalArgumentException("1 to " + MOST_CHANNELS + " channels are expected, not " + channels);
        }
        this.in = in;
        this.sampleRateHz = sampleRateHz;
        WavFormat format = new WavFormat(SampleFormat.PCM_16, channels, sampleRateHz);
        frames = new FrameReader(in, format, "raw samples", 0, Long.MAX_VALUE);
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public int read(float[] samples, int offset, int length) throws IOException {
        return frames.read(samples, offset, length);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

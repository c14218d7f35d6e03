package dev.onda.audio;

import java.io.IOException;
import java.io.InputStream;

/** Reads frames from bytes that come in pieces of any size, and averages their channels. */
final class FrameReader {

    private static final int BUFFER_BYTES = 1 << 15;

    private final InputStream in;
    private final WavFormat format;
    private final String source;
    /** How many bytes the buffer's first one is away from the beginning of the source. */
    private long origin;
    /** Bytes that may still be read. */
    private long left;

    private final byte[] bytes;
    /** Bytes in the buffer: those of a frame that is not whole yet. */
    private int held;

    /**
     * @param origin where in the source the first frame starts, for messages
     * @param limit most bytes that are read
     */
    FrameReader(InputStream in, WavFormat format, String source, long origin, long limit) {
        this.in = in;
        this.format = format;
        this.source = source;
        this.origin = origin;
        this.left = limit;
        bytes = new byte[Math.max(BUFFER_BYTES, format.frameBytes())];
    }

    /** As {@link SoundSource#read}; the sound is over at the limit, too. */
    int read(float[] samples, int offset, int length) throws IOException {
        int frameBytes = format.frameBytes();
        int wanted = Math.min(length, bytes.length / frameBytes) * frameBytes;
        while (held < frameBytes) {
            int read = left == 0 ? -1 : in.read(bytes, held, (int) Math.min(left, wanted - held));
            if (read < 0) {
                return SoundSource.END;
            }
            held += read;
            left -= read;
        }
        int frames = held / frameBytes;
        System.arraycopy(decode(frames), 0, samples, offset, frames);
        int used = frames * frameBytes;
        System.arraycopy(bytes, used, bytes, 0, held - used);
        held -= used;
        origin += used;
        return frames;
    }

    private float[] decode(int frames) throws AudioFormatException {
        try {
            return SampleDecoder.decode(bytes, 0, frames, format, source);
        } catch (AudioFormatException e) {
            throw new AudioFormatException(source, origin + e.byteOffset(), e.reason());
        }
    }

    /** Bytes up to the limit that nobody has read. */
    long left() {
        return left;
    }

    /** Bytes of a frame that is not whole. */
    int held() {
        return held;
    }
}

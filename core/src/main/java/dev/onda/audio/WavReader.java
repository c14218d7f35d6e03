package dev.onda.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Reads WAV: RIFF, RF64 and BW64 files with PCM of 8, 16, 24 or 32 bits or IEEE floats of 32 or 64, plain or extensible,
 * any rate, any number of channels (averaged into one).
 *
 * <p>Chunks may come in any order and unknown ones are skipped. Headers of streams, whose sizes were never filled in, are
 * understood; a file that was cut short is refused. Memory used is in proportion to the bytes present, never to what a
 * header claims. Sources: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0 (1991); EBU
 * Tech 3306 (2009) for RF64; ITU-R BS.2088 (2019) for BW64.
 */
public final class WavReader {

    private WavReader() {}

    /**
     * Reads a file.
     *
     * @throws AudioFormatException if the content is not a WAV file that can be read whole
     * @throws IOException if the file does not exist or cannot be read; the message names it
     */
    public static Wave read(Path file) throws IOException {
        return parse(FileBytes.read(file), file.toString());
    }

    /**
     * Reads a stream to its end; it is not closed.
     *
     * @param source what messages call the stream: a path, or "standard input"
     * @throws AudioFormatException if the content is not WAV that can be read whole
     * @throws IOException if reading fails
     */
    public static Wave read(InputStream in, String source) throws IOException {
        return parse(FileBytes.read(in, source), source);
    }

    /**
     * Reads the rest of a buffer, whatever its byte order; its position stays where it is.
     *
     * @param source what messages call the buffer
     * @throws AudioFormatException if the content is not WAV that can be read whole
     */
    public static Wave parse(ByteBuffer buffer, String source) throws AudioFormatException {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(buffer.position(), bytes);
        return parse(bytes, source);
    }

    /**
     * Reads the bytes of a whole file.
     *
     * @param source what messages call the bytes
     * @throws AudioFormatException if the content is not WAV that can be read whole
     */
    public static Wave parse(byte[] bytes, String source) throws AudioFormatException {
        WavChunks chunks = WavChunks.find(bytes, source);
        WavFormat format =
                WavFormat.parse(bytes, chunks.format().start(), chunks.format().size(), source);
        WavChunks.Chunk data = chunks.data();
        int excess = data.size() % format.frameBytes();
        if (excess != 0 && !chunks.isStreamed()) {
            throw new AudioFormatException(
                    source,
                    data.start(),
                    "data chunk has " + data.size() + " bytes, which is no whole number of frames of "
                            + format.frameBytes());
        }
        int frames = data.size() / format.frameBytes();
        float[] samples = SampleDecoder.decode(bytes, data.start(), frames, format, source);
        return new Wave(samples, format.sampleRateHz());
    }
}

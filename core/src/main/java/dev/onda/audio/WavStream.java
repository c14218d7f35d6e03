package dev.onda.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * A WAV file that is read as it comes, in memory that does not grow with its length: hours of sound, or a pipe that never ends.
 * The formats are those of {@link WavReader}, and sizes in headers are understood as there. Only a data chunk before the
 * format, which the specification forbids, is refused here.
 *
 * <p>A file that was cut short gives its sound up to there; then reading fails.
 */
public final class WavStream implements SoundSource {

    private final InputStream in;
    private final String source;
    private final WavHeader header;
    private final FrameReader frames;
    private boolean isOver;

    private WavStream(InputStream in, String source) throws IOException {
        this.in = in;
        this.source = source;
        header = WavHeader.read(in, source);
        frames = new FrameReader(in, header.format(), source, header.start(), header.size());
    }

    /**
     * Opens a file and reads its header.
     *
     * @throws AudioFormatException if it is no WAV file whose sound can be read as it comes
     * @throws IOException if the file does not exist or cannot be read; the message names it
     */
    public static WavStream open(Path file) throws IOException {
        InputStream in = FileBytes.open(file);
        try {
            return new WavStream(in, file.toString());
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /**
     * Reads the header from a stream, which is closed with this source.
     *
     * @param source what messages call the stream, such as "standard input"
     * @throws AudioFormatException if it is no WAV file whose sound can be read as it comes
     * @throws IOException if reading fails
     */
    public static WavStream open(InputStream in, String source) throws IOException {
        return new WavStream(in, source);
    }

    @Override
    public int sampleRateHz() {
        return header.format().sampleRateHz();
    }

    @Override
    public boolean isLive() {
        return false;
    }

    /**
     * {@inheritDoc}
     *
     * @throws AudioFormatException if the file turns out to be cut short, or a floating sample is no number
     */
    @Override
    public int read(float[] samples, int offset, int length) throws IOException {
        if (isOver) {
            return END;
        }
        int read = frames.read(samples, offset, length);
        if (read == END) {
            isOver = true;
            checkEnd();
        }
        return read;
    }

    private void checkEnd() throws AudioFormatException {
        long present = header.size() - frames.left();
        if (frames.left() > 0) {
            if (header.isCut(present)) {
                throw new AudioFormatException(
                        source,
                        header.start(),
                        "data chunk claims " + header.size() + " bytes, the file has " + present);
            }
        } else if (frames.held() > 0) {
            throw new AudioFormatException(
                    source,
                    header.start(),
                    "data chunk has " + present + " bytes, which is no whole number of frames of "
                            + header.format().frameBytes());
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

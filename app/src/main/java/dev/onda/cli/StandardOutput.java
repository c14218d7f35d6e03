package dev.onda.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Objects;

/**
 * Where results go, flushed line by line. Tells a reader who has read enough, as {@code head} does, from a disk that is full:
 * the one is a quiet end, the other a failure.
 */
final class StandardOutput extends PrintWriter {

    private final Pipe pipe;

    private StandardOutput(Pipe pipe, Charset charset) {
        super(pipe, true, charset);
        this.pipe = pipe;
    }

    static StandardOutput of(OutputStream out, Charset charset) {
        return new StandardOutput(new Pipe(out), charset);
    }

    /** Whether nobody reads it any more. */
    boolean isAbandoned() {
        return pipe.isBroken;
    }

    /** Notes how writing failed, which a {@link PrintWriter} forgets. */
    private static final class Pipe extends FilterOutputStream {

        private volatile boolean isBroken;

        Pipe(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                // "Broken pipe", or "The pipe is being closed" on Windows: Java has no type for it.
                isBroken = Objects.toString(e.getMessage(), "")
                        .toLowerCase(Locale.ROOT)
                        .contains("pipe");
                throw e;
            }
        }
    }
}

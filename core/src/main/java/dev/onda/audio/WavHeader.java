package dev.onda.audio;

import static dev.onda.audio.SampleDecoder.int32;
import static dev.onda.audio.SampleDecoder.int64;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * All of a WAV file up to its sound, read from a stream: nobody knows how much is still to come. Sizes mean what
 * {@link WavWalk} says they mean; what only the end of the file can tell is asked there, by {@link #isCut}.
 *
 * @param format of the sound
 * @param start where the sound starts, in bytes from the beginning
 * @param size bytes of sound that the header claims, {@link #OPEN} if it does not say
 * @param riffSize the file's size as its header says it
 * @param isLong whether sizes have 64 bits
 */
record WavHeader(WavFormat format, long start, long size, long riffSize, boolean isLong) {

    /** The sound goes on to the end, wherever that is. */
    static final long OPEN = Long.MAX_VALUE;

    /** The part of a "fmt " chunk that means something. */
    private static final int FORMAT_BYTES = 40;

    /**
     * Whether a file that ends after so many bytes of sound was cut short.
     *
     * @param present fewer than {@link #size}
     */
    boolean isCut(long present) {
        return size != OPEN && !WavWalk.isPlaceholder(riffSize, isLong, start + present);
    }

    /**
     * Reads up to the first byte of sound.
     *
     * @throws AudioFormatException if this is no WAV file, or the data chunk comes before the format
     */
    static WavHeader read(InputStream in, String source) throws IOException {
        byte[] riff = in.readNBytes(WavChunks.HEADER_BYTES);
        WavChunks.checkHeader(riff, source);
        return new Walk(in, source, riff).header();
    }

    /** One way along the chunks. */
    private static final class Walk {

        private final InputStream in;
        private final String source;
        private final boolean isLong;
        private long riffSize;
        private long longDataSize = WavWalk.UNKNOWN;
        private Optional<WavFormat> format = Optional.empty();
        /** Bytes read so far. */
        private long at = WavChunks.HEADER_BYTES;

        Walk(InputStream in, String source, byte[] riff) {
            this.in = in;
            this.source = source;
            isLong = int32(riff, 0) != WavChunks.RIFF;
            riffSize = uint32(riff, 4);
        }

        WavHeader header() throws IOException {
            long due = at;
            while (true) {
                byte[] head = read(WavWalk.CHUNK_HEADER_BYTES);
                if (head.length < WavWalk.CHUNK_HEADER_BYTES) {
                    throw missing(format.isEmpty() ? "fmt" : "data", due);
                }
                int id = int32(head, 0);
                long claimed = uint32(head, 4);
                if (id == WavWalk.DATA) {
                    return data(claimed);
                }
                due = at + claimed + (claimed & 1);
                take(id, claimed);
                skip(due - at);
            }
        }

        private void take(int id, long claimed) throws IOException {
            if (id == WavWalk.FORMAT && format.isEmpty()) {
                long start = at;
                format = Optional.of(format(body("fmt", claimed, (int) Math.min(claimed, FORMAT_BYTES)), start));
            } else if (id == WavWalk.DS64 && isLong) {
                WavWalk.requireSizes(claimed, at, source);
                byte[] sizes = body("ds64", claimed, WavWalk.DS64_BYTES);
                riffSize = int64(sizes, 0);
                longDataSize = int64(sizes, 8);
            }
        }

        /** The first bytes of a chunk; the others are checked to be there. */
        private byte[] body(String chunk, long claimed, int wanted) throws IOException {
            long start = at;
            byte[] body = read(wanted);
            skip(claimed - body.length);
            if (at - start < claimed) {
                throw new AudioFormatException(
                        source, start, chunk + " chunk claims " + claimed + " bytes, the file has " + (at - start));
            }
            return body;
        }

        private WavFormat format(byte[] body, long start) throws AudioFormatException {
            try {
                return WavFormat.parse(body, 0, body.length, source);
            } catch (AudioFormatException e) {
                throw new AudioFormatException(source, start + e.byteOffset(), e.reason());
            }
        }

        private WavHeader data(long inHeader) throws AudioFormatException {
            WavFormat known = format.orElseThrow(() -> new AudioFormatException(
                    source,
                    at,
                    "the data chunk comes before the fmt chunk: that cannot be read as it comes; convert the file"));
            long claimed = isLong && inHeader == WavWalk.UNKNOWN ? longDataSize : inHeader;
            boolean isKilled = claimed == 0
                    && (WavWalk.isPlaceholder(riffSize, isLong, at) || riffSize + WavWalk.CHUNK_HEADER_BYTES <= at);
            boolean isUnset = claimed == WavWalk.UNKNOWN || claimed == -1;
            // A negative size is one beyond all disks: the end of the file will tell that it lies.
            long size = isKilled || isUnset ? OPEN : claimed < 0 ? OPEN - 1 : claimed;
            return new WavHeader(known, at, size, riffSize, isLong);
        }

        private AudioFormatException missing(String chunk, long due) {
            String cut = at == due ? "" : "; the file is cut short, or the chunk before claims too much";
            return new AudioFormatException(source, Math.min(at, due), "no " + chunk + " chunk" + cut);
        }

        private byte[] read(int count) throws IOException {
            byte[] bytes = in.readNBytes(count);
            at += bytes.length;
            return bytes;
        }

        /** Reads on without keeping anything; skipping would not notice the end of a file. */
        private void skip(long count) throws IOException {
            byte[] away = new byte[(int) Math.min(Math.max(0, count), 8_192)];
            long left = count;
            int read = 0;
            while (left > 0 && read >= 0) {
                read = in.read(away, 0, (int) Math.min(left, away.length));
                left -= Math.max(0, read);
                at += Math.max(0, read);
            }
        }

        private static long uint32(byte[] bytes, int at) {
            return int32(bytes, at) & 0xFFFF_FFFFL;
        }
    }
}

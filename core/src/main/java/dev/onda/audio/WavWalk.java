package dev.onda.audio;

import static dev.onda.audio.SampleDecoder.int32;
import static dev.onda.audio.SampleDecoder.int64;

import dev.onda.audio.WavChunks.Chunk;
import org.jspecify.annotations.Nullable;

/**
 * One walk along the chunks of a WAV file whose header has been checked. It ends as soon as both chunks are found.
 *
 * <p>Sizes in the header of a stream are placeholders. The RIFF size is taken for one if it is 0, or at least 0x7FFFF000
 * (SoX and arecord write about 2^31 into pipes, FFmpeg 2^32 - 1) and beyond the end of the file; then the data chunk ends
 * at the latest where the file does. The data chunk also runs to the end if its own size is 2^32 - 1, or is 0 though bytes
 * follow and either the RIFF size is a placeholder or the RIFF chunk ends there: a recorder that was killed.
 */
final class WavWalk {

    static final int CHUNK_HEADER_BYTES = 8;
    static final int DS64_BYTES = 24;
    static final long UNKNOWN = 0xFFFF_FFFFL;
    private static final long STREAM_SIZE = 0x7FFF_F000L;

    static final int DS64 = WavChunks.id("ds64");
    static final int FORMAT = WavChunks.id("fmt ");
    static final int DATA = WavChunks.id("data");

    private final byte[] bytes;
    private final String source;
    /** Whether 64-bit sizes may stand in a "ds64" chunk. */
    private final boolean isLong;

    private long riffSize;
    private long longDataSize;
    private @Nullable Chunk format;
    private @Nullable Chunk data;
    private boolean streamed;

    WavWalk(byte[] bytes, String source) {
        this.bytes = bytes;
        this.source = source;
        isLong = int32(bytes, 0) != WavChunks.RIFF;
        riffSize = uint32(4);
        longDataSize = UNKNOWN;
    }

    WavChunks chunks() throws AudioFormatException {
        long at = WavChunks.HEADER_BYTES;
        while (bytes.length - at >= CHUNK_HEADER_BYTES && (format == null || data == null)) {
            at = visit((int) at);
        }
        if (format == null) {
            throw missing("fmt", at);
        }
        if (data == null) {
            throw missing("data", at);
        }
        return new WavChunks(format, data, streamed);
    }

    /** Takes in the chunk whose header starts here; returns where the next one would start. */
    private long visit(int at) throws AudioFormatException {
        int id = int32(bytes, at);
        long claimed = uint32(at + 4);
        int start = at + CHUNK_HEADER_BYTES;
        if (id == DATA && data == null) {
            claimed = dataSize(claimed, start);
            data = new Chunk(start, (int) claimed);
        } else if (id == FORMAT && format == null) {
            requirePresent("fmt", claimed, start);
            format = new Chunk(start, (int) claimed);
        } else if (id == DS64 && isLong) {
            requireSizes(claimed, start, source);
            requirePresent("ds64", claimed, start);
            riffSize = int64(bytes, start);
            longDataSize = int64(bytes, start + 8);
        }
        return start + claimed + (claimed & 1);
    }

    /** The bytes of the data chunk, at most those present. */
    private long dataSize(long inHeader, int start) throws AudioFormatException {
        int present = bytes.length - start;
        long claimed = isLong && inHeader == UNKNOWN ? longDataSize : inHeader;
        boolean isOpen = isPlaceholder(riffSize, isLong, bytes.length);
        boolean isUnset = claimed == UNKNOWN || claimed == -1;
        boolean isKilled = claimed == 0 && present > 0 && (isOpen || riffSize + CHUNK_HEADER_BYTES <= start);
        if (isUnset || isKilled || (isOpen && Long.compareUnsigned(claimed, present) > 0)) {
            streamed = true;
            return present;
        }
        requirePresent("data", claimed, start);
        return claimed;
    }

    /**
     * Whether a RIFF size stands for one that was not known yet.
     *
     * @param fileBytes size of the file, as far as it is known
     */
    static boolean isPlaceholder(long riffSize, boolean isLong, long fileBytes) {
        if (isLong) {
            return riffSize == 0 || riffSize == -1 || riffSize == UNKNOWN;
        }
        return riffSize == 0 || (riffSize >= STREAM_SIZE && riffSize > fileBytes);
    }

    /** Refuses a "ds64" chunk without its sizes. */
    static void requireSizes(long claimed, long start, String source) throws AudioFormatException {
        if (claimed < DS64_BYTES) {
            throw new AudioFormatException(
                    source, start, "ds64 chunk has " + claimed + " bytes, it needs at least " + DS64_BYTES);
        }
    }

    private void requirePresent(String chunk, long claimed, int start) throws AudioFormatException {
        int present = bytes.length - start;
        if (Long.compareUnsigned(claimed, present) > 0) {
            throw new AudioFormatException(
                    source,
                    start,
                    chunk + " chunk claims " + Long.toUnsignedString(claimed) + " bytes, the file has " + present);
        }
    }

    private AudioFormatException missing(String chunk, long at) {
        String cut = at == bytes.length ? "" : "; the file is cut short, or the chunk before claims too much";
        return new AudioFormatException(source, Math.min(at, bytes.length), "no " + chunk + " chunk" + cut);
    }

    private long uint32(int at) {
        return int32(bytes, at) & 0xFFFF_FFFFL;
    }
}

package dev.onda.audio;

import static dev.onda.audio.SampleDecoder.int32;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the two chunks that matter lie in a WAV file.
 *
 * @param format the body of the "fmt " chunk, inside the file
 * @param data the body of the "data" chunk, inside the file
 * @param isStreamed whether the data's size was not in the header, so that its last frame may be cut short
 */
record WavChunks(Chunk format, Chunk data, boolean isStreamed) {

    /** The body of a chunk: where it starts and how many bytes of it are there. */
    record Chunk(int start, int size) {}

    /** Bytes before the first chunk: "RIFF", a size, "WAVE". */
    static final int HEADER_BYTES = 12;

    static final int RIFF = id("RIFF");
    private static final int RF64 = id("RF64");
    private static final int BW64 = id("BW64");
    private static final int WAVE = id("WAVE");

    /** Whether these bytes start as a file this class reads. */
    static boolean isRiff(byte[] bytes) {
        if (bytes.length < 4) {
            return false;
        }
        int id = int32(bytes, 0);
        return id == RIFF || id == RF64 || id == BW64;
    }

    /**
     * Walks the chunks of a whole file.
     *
     * @throws AudioFormatException if there is no RIFF header, or one of the two chunks is missing or cut short
     */
    static WavChunks find(byte[] bytes, String source) throws AudioFormatException {
        checkHeader(bytes, source);
        return new WavWalk(bytes, source).chunks();
    }

    /** Checks the first {@link #HEADER_BYTES} bytes of a file, or all of a shorter one. */
    static void checkHeader(byte[] bytes, String source) throws AudioFormatException {
        if (bytes.length == 0) {
            throw new AudioFormatException(source, 0, "empty file");
        }
        if (!isRiff(bytes)) {
            Optional<String> foreign = ForeignFormat.of(bytes);
            if (foreign.isPresent()) {
                throw new AudioFormatException(source, 0, foreign.get());
            }
            String found = name(bytes, 0);
            String hint = found.equals("RIFX") ? "; big-endian WAV is not read, convert the file" : "";
            throw new AudioFormatException(
                    source, 0, "not a WAV file: starts with '" + found + "', expected 'RIFF'" + hint);
        }
        if (bytes.length < HEADER_BYTES) {
            throw new AudioFormatException(
                    source, bytes.length, "file ends inside its RIFF header: " + bytes.length + " bytes of 12");
        }
        if (int32(bytes, 8) != WAVE) {
            throw new AudioFormatException(source, 8, "RIFF file holds '" + name(bytes, 8) + "', expected 'WAVE'");
        }
    }

    /** The four characters of a chunk's name, as far as the file goes, unprintable ones as '?'. */
    static String name(byte[] bytes, int at) {
        int length = Math.min(4, bytes.length - at);
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1).replaceAll("[^ -~]", "?");
    }

    /** A chunk's name as the file's integer. */
    static int id(String name) {
        return int32(name.getBytes(StandardCharsets.ISO_8859_1), 0);
    }
}

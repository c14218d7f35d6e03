package dev.onda.corpus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a NumPy array file that holds a matrix of int16, little-endian, row after row (the .npy format, version
 * 1.0, NEP 1): magic, two bytes version, two bytes length, then a Python dictionary as text, padded so that the samples
 * begin at a multiple of 64.
 *
 * @param rows at least 1
 * @param columns at least 1
 * @param dataOffset where the first number lies, in bytes
 */
record NpyFile(int rows, int columns, int dataOffset) {
    /** The length of every header written here: room for any shape, so that the rows can be counted afterwards. */
    static final int HEADER_BYTES = 128;

    /** No header of version 1 is longer. */
    static final int MAX_HEADER_BYTES = 10 + 0xFFFF;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int FIXED_BYTES = 10;
    private static final String INT16 = "<i2";
    private static final String AGAIN = "; prepare the clips again";

    private static final Pattern TYPE = Pattern.compile("['\"]descr['\"]\\s*:\\s*(?:'([^']*)'|\"([^\"]*)\")");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)\\b");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");
    private static final Pattern TWO_SIZES = Pattern.compile("\\s*(\\d{1,10})L?\\s*,\\s*(\\d{1,10})L?\\s*,?\\s*");

    /** The {@value #HEADER_BYTES} bytes before a matrix of {@code rows} x {@code columns}. */
    static byte[] header(int rows, int columns) {
        String dictionary =
                "{'descr': '" + INT16 + "', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
        int room = HEADER_BYTES - FIXED_BYTES - 1;
        String padded = dictionary + " ".repeat(room - dictionary.length()) + "\n";
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) padded.length())
                .put(padded.getBytes(StandardCharsets.ISO_8859_1))
                .array();
    }

    /**
     * Reads a header and holds it against the file's size.
     *
     * @param start the file's first bytes, up to {@link #MAX_HEADER_BYTES} of them
     * @param fileBytes the size of the whole file
     * @param source the file, for messages
     * @throws CorpusException if this is not a .npy file of version 1, not a matrix of int16 in rows, or shorter or
     *     longer than its shape says
     */
    static NpyFile parse(ByteBuffer start, long fileBytes, Path source) throws CorpusException {
        if (start.remaining() < FIXED_BYTES) {
            throw bad(source, 0, "only " + fileBytes + " bytes, too short for a .npy file");
        }
        ByteBuffer in = start.slice().order(ByteOrder.LITTLE_ENDIAN);
        byte[] magic = new byte[MAGIC.length];
        in.get(magic);
        if (!Arrays.equals(magic, MAGIC)) {
            throw bad(source, 0, "not a .npy file");
        }
        int major = in.get();
        int minor = in.get();
        if (major != 1) {
            throw bad(source, MAGIC.length, ".npy version " + major + "." + minor + ", expected 1.0");
        }
        int length = Short.toUnsignedInt(in.getShort());
        if (length > in.remaining()) {
            throw bad(
                    source,
                    FIXED_BYTES,
                    "cut off in its header: " + length + " bytes expected, " + in.remaining() + " there");
        }
        byte[] text = new byte[length];
        in.get(text);
        return read(new String(text, StandardCharsets.ISO_8859_1), FIXED_BYTES + length, fileBytes, source);
    }

    private static NpyFile read(String dictionary, int dataOffset, long fileBytes, Path source) throws CorpusException {
        Matcher type = find(TYPE, "descr", dictionary, source);
        String descr = type.group(1) == null ? type.group(2) : type.group(1);
        if (!INT16.equals(descr)) {
            throw bad(source, FIXED_BYTES, "numbers of type '" + descr + "', expected '" + INT16 + "'");
        }
        if (find(ORDER, "fortran_order", dictionary, source).group(1).equals("True")) {
            throw bad(source, FIXED_BYTES, "stored column after column (fortran_order), expected row after row");
        }
        String shape = find(SHAPE, "shape", dictionary, source).group(1);
        Matcher sizes = TWO_SIZES.matcher(shape);
        if (!sizes.matches()) {
            throw bad(source, FIXED_BYTES, "shape (" + shape.strip() + "), expected (clips, samples)");
        }
        long rows = Long.parseLong(sizes.group(1));
        long columns = Long.parseLong(sizes.group(2));
        if (rows < 1 || rows > Integer.MAX_VALUE || columns < 1 || columns > ClipFormat.MAX_WINDOW_SAMPLES) {
            throw bad(
                    source,
                    FIXED_BYTES,
                    "shape (" + shape.strip() + "), expected 1 to " + Integer.MAX_VALUE + " clips of 1 to "
                            + ClipFormat.MAX_WINDOW_SAMPLES + " samples");
        }
        long expected = dataOffset + rows * columns * Short.BYTES;
        if (fileBytes != expected) {
            throw bad(
                    source,
                    Math.min(fileBytes, expected),
                    (fileBytes < expected ? "cut off: " : "too long: ") + rows + " clips of " + columns
                            + " samples make " + expected + " bytes, the file has " + fileBytes);
        }
        return new NpyFile((int) rows, (int) columns, dataOffset);
    }

    private static Matcher find(Pattern pattern, String key, String dictionary, Path source) throws CorpusException {
        Matcher matcher = pattern.matcher(dictionary);
        if (!matcher.find()) {
            throw bad(source, FIXED_BYTES, "no readable '" + key + "' in the header");
        }
        return matcher;
    }

    private static CorpusException bad(Path source, long byteOffset, String what) {
        return new CorpusException(source + ": " + what + " (byte " + byteOffset + ")" + AGAIN);
    }
}

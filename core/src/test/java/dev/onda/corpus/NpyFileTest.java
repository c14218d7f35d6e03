package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class NpyFileTest {
    private static final Path SOURCE = Path.of("clips.npy");

    private static byte[] header(int major, String dictionary) {
        byte[] text = dictionary.getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(10 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0})
                .putShort((short) text.length)
                .put(text)
                .array();
    }

    /** Parses a header in front of {@code dataBytes} bytes of samples. */
    private static NpyFile parse(byte[] header, long dataBytes) throws CorpusException {
        return NpyFile.parse(ByteBuffer.wrap(header), header.length + dataBytes, SOURCE);
    }

    private static void assertRefused(String dictionary, String message) {
        assertThatThrownBy(() -> parse(header(1, dictionary), 12))
                .isInstanceOf(CorpusException.class)
                .hasMessage("clips.npy: " + message + "; prepare the clips again");
    }

    @Test
    void writesTheHeaderThatNumPyWrites() {
        byte[] header = NpyFile.header(3, 8000);
        assertThat(header).hasSize(128).endsWith('\n');
        assertThat(header).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
        assertThat(new String(header, 10, 118, StandardCharsets.ISO_8859_1).strip())
                .isEqualTo("{'descr': '<i2', 'fortran_order': False, 'shape': (3, 8000), }");
    }

    @Test
    void readsBackItsOwnHeaders() throws CorpusException {
        for (int[] shape : new int[][] {{1, 1}, {3, 8000}, {Integer.MAX_VALUE, ClipFormat.MAX_WINDOW_SAMPLES}}) {
            NpyFile npy = parse(NpyFile.header(shape[0], shape[1]), 2L * shape[0] * shape[1]);
            assertThat(npy).isEqualTo(new NpyFile(shape[0], shape[1], 128));
        }
    }

    @Test
    void readsDictionariesThatOthersWrite() throws CorpusException {
        for (String dictionary : new String[] {
            "{\"shape\":(2,3),\"fortran_order\":False,\"descr\":\"<i2\"}",
            "{ 'fortran_order' : False , 'shape' : ( 2L , 3L , ) , 'descr' : '<i2' }\n"
        }) {
            NpyFile npy = parse(header(1, dictionary), 12);
            assertThat(npy.rows()).isEqualTo(2);
            assertThat(npy.columns()).isEqualTo(3);
            assertThat(npy.dataOffset()).isEqualTo(10 + dictionary.length());
        }
    }

    @Test
    void refusesOtherNumbers() {
        assertRefused(
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }",
                "numbers of type '<f4', expected '<i2' (byte 10)");
        assertRefused(
                "{'descr': '>i2', 'fortran_order': False, 'shape': (2, 3), }",
                "numbers of type '>i2', expected '<i2' (byte 10)");
        assertRefused(
                "{'descr': [('a', '<i2')], 'fortran_order': False, 'shape': (2, 3), }",
                "no readable 'descr' in the header (byte 10)");
    }

    @Test
    void refusesOtherOrdersAndShapes() {
        assertRefused(
                "{'descr': '<i2', 'fortran_order': True, 'shape': (2, 3), }",
                "stored column after column (fortran_order), expected row after row (byte 10)");
        assertRefused(
                "{'descr': '<i2', 'fortran_order': False, 'shape': (6,), }",
                "shape (6,), expected (clips, samples) (byte 10)");
        assertRefused(
                "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2, 3), }",
                "shape (1, 2, 3), expected (clips, samples) (byte 10)");
        assertRefused(
                "{'descr': '<i2', 'fortran_order': False, 'shape': (-2, -3), }",
                "shape (-2, -3), expected (clips, samples) (byte 10)");
        assertRefused(
                "{'descr': '<i2', 'fortran_order': False, 'shape': (0, 3), }",
                "shape (0, 3), expected 1 to 2147483647 clips of 1 to 16777216 samples (byte 10)");
        assertRefused(
                "{'descr': '<i2', 'fortran_order': False, 'shape': (9999999999, 9999999999), }",
                "shape (9999999999, 9999999999), expected 1 to 2147483647 clips of 1 to 16777216 samples (byte 10)");
        assertRefused("{'descr': '<i2', 'fortran_order': False, }", "no readable 'shape' in the header (byte 10)");
        assertRefused("", "no readable 'descr' in the header (byte 10)");
    }

    @Test
    void refusesASizeThatIsNotItsShapes() {
        byte[] header = NpyFile.header(2, 3);
        assertThatThrownBy(() -> parse(header, 11))
                .hasMessage("clips.npy: cut off: 2 clips of 3 samples make 140 bytes, the file has 139 (byte 139);"
                        + " prepare the clips again");
        assertThatThrownBy(() -> parse(header, 13))
                .hasMessage("clips.npy: too long: 2 clips of 3 samples make 140 bytes, the file has 141 (byte 140);"
                        + " prepare the clips again");
    }

    @Test
    void refusesWhatIsNoNpyFile() {
        assertThatThrownBy(() -> parse(new byte[0], 0))
                .hasMessage("clips.npy: only 0 bytes, too short for a .npy file (byte 0); prepare the clips again");
        assertThatThrownBy(() -> parse("RIFF....WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1), 0))
                .hasMessage("clips.npy: not a .npy file (byte 0); prepare the clips again");
        assertThatThrownBy(() -> parse(header(2, "{}"), 0))
                .hasMessage("clips.npy: .npy version 2.0, expected 1.0 (byte 6); prepare the clips again");
        ByteBuffer half = ByteBuffer.wrap(NpyFile.header(2, 3), 0, 50);
        assertThatThrownBy(() -> NpyFile.parse(half, 50, SOURCE))
                .hasMessage("clips.npy: cut off in its header: 118 bytes expected, 40 there (byte 10);"
                        + " prepare the clips again");
    }
}

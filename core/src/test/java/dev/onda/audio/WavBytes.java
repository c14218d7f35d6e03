package dev.onda.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Builds the bytes of WAV files by hand, well-formed or not. */
final class WavBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** "RIFF", the size as given, "WAVE". */
    static WavBytes riff(long size) {
        return new WavBytes().name("RIFF").int32(size).name("WAVE");
    }

    /** A mono 16-bit file at 8 kHz of these samples, with nothing odd about it. */
    static byte[] mono16(int... samples) {
        WavBytes file = riff(36 + 2 * samples.length).format(1, 1, 8000, 16);
        file.name("data").int32(2L * samples.length);
        for (int sample : samples) {
            file.int16(sample);
        }
        return file.bytes();
    }

    /** A "fmt " chunk of 16 bytes whose block align fits. */
    WavBytes format(int tag, int channels, int rate, int bits) {
        int align = channels * bits / 8;
        name("fmt ").int32(16).int16(tag).int16(channels).int32(rate).int32((long) rate * align);
        return int16(align).int16(bits);
    }

    /** A "fmt " chunk of 40 bytes whose sub-format GUID stands for a tag. */
    WavBytes extensible(int tag, int channels, int bits, int validBits) {
        int align = channels * bits / 8;
        name("fmt ").int32(40).int16(0xFFFE).int16(channels).int32(8000).int32(8000L * align);
        int16(align).int16(bits).int16(22).int16(validBits).int32(0).int32(tag);
        return raw(0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71);
    }

    /** A chunk with its true size and, if that is odd, a pad byte. */
    WavBytes chunk(String name, int... bytes) {
        name(name).int32(bytes.length).raw(bytes);
        return bytes.length % 2 == 0 ? this : raw(0);
    }

    WavBytes name(String name) {
        out.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    WavBytes int16(int value) {
        return raw(value, value >> 8);
    }

    WavBytes int32(long value) {
        return raw((int) value, (int) (value >> 8), (int) (value >> 16), (int) (value >> 24));
    }

    WavBytes float32(float value) {
        return int32(Float.floatToRawIntBits(value));
    }

    WavBytes float64(double value) {
        ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value);
        out.writeBytes(bytes.array());
        return this;
    }

    WavBytes raw(int... bytes) {
        for (int value : bytes) {
            out.write(value);
        }
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}

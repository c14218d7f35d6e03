package dev.onda.audio;

import static dev.onda.audio.SampleDecoder.int32;
import static dev.onda.audio.SampleDecoder.uint16;

import java.util.HexFormat;

/**
 * What the "fmt " chunk of a WAV file says, checked against itself. Plain PCM and IEEE float headers are read, and
 * WAVE_FORMAT_EXTENSIBLE ones that hold either. Fewer valid bits than stored bits need no care: valid bits are the upper
 * ones. Source: Microsoft, Multiple Channel Audio Data and WAVE Files (2001), for the extensible form.
 *
 * @param sample how one sample is stored
 * @param channels samples a frame, at least 1
 * @param sampleRateHz frames a second, at least 1
 */
record WavFormat(SampleFormat sample, int channels, int sampleRateHz) {

    private static final int PCM = 1;
    private static final int IEEE_FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final int PLAIN_BYTES = 16;
    private static final int EXTENSIBLE_BYTES = 40;
    /** Bytes 4 to 15 of each sub-format GUID that stands for a format tag: {xxxxxxxx-0000-0010-8000-00AA00389B71}. */
    private static final String TAG_GUID_TAIL = "00001000800000aa00389b71";

    /** Bytes a frame: one sample of each channel. */
    int frameBytes() {
        return channels * sample.bytes();
    }

    /**
     * Reads the body of a "fmt " chunk that lies wholly inside {@code bytes}.
     *
     * @throws AudioFormatException if the chunk is too short, the codec is not PCM or IEEE float, or a field is zero or
     *     contradicts another
     */
    static WavFormat parse(byte[] bytes, int at, int size, String source) throws AudioFormatException {
        if (size < PLAIN_BYTES) {
            throw new AudioFormatException(source, at, "fmt chunk has " + size + " bytes, it needs at least 16");
        }
        int bits = uint16(bytes, at + 14);
        int tag = uint16(bytes, at);
        if (tag == EXTENSIBLE) {
            tag = extensibleTag(bytes, at, size, bits, source);
        }
        SampleFormat sample = sampleFormat(tag, bits, at, source);
        int channels = uint16(bytes, at + 2);
        if (channels == 0) {
            throw new AudioFormatException(source, at + 2, "0 channels, expected at least 1");
        }
        int rate = int32(bytes, at + 4);
        if (rate <= 0) {
            String found = Integer.toUnsignedString(rate);
            throw new AudioFormatException(
                    source, at + 4, "sample rate is " + found + " Hz, expected 1 to " + Integer.MAX_VALUE);
        }
        WavFormat format = new WavFormat(sample, channels, rate);
        int blockAlign = uint16(bytes, at + 12);
        if (blockAlign != format.frameBytes()) {
            throw new AudioFormatException(
                    source,
                    at + 12,
                    "block align is " + blockAlign + " bytes, but channels (" + channels + ") x bits per sample ("
                            + bits + ") make " + format.frameBytes());
        }
        return format;
    }

    private static int extensibleTag(byte[] bytes, int at, int size, int bits, String source)
            throws AudioFormatException {
        if (size < EXTENSIBLE_BYTES) {
            throw new AudioFormatException(
                    source, at, "extensible fmt chunk has " + size + " bytes, it needs at least 40");
        }
        int validBits = uint16(bytes, at + 18);
        if (validBits > bits) {
            throw new AudioFormatException(
                    source, at + 18, validBits + " valid bits per sample, but only " + bits + " are stored");
        }
        int guid = at + 24;
        String tail = HexFormat.of().formatHex(bytes, guid + 4, guid + 16);
        int tag = int32(bytes, guid);
        if (!tail.equals(TAG_GUID_TAIL) || tag >>> 16 != 0) {
            String found = HexFormat.of().formatHex(bytes, guid, guid + 16);
            throw new AudioFormatException(
                    source, guid, "unknown sub-format GUID " + found + "; convert the file to PCM WAV");
        }
        return tag;
    }

    private static SampleFormat sampleFormat(int tag, int bits, int at, String source) throws AudioFormatException {
        if (tag != PCM && tag != IEEE_FLOAT) {
            throw new AudioFormatException(
                    source,
                    at,
                    "codec is " + codecName(tag) + ", expected PCM or IEEE float; convert the file to PCM WAV");
        }
        for (SampleFormat format : SampleFormat.values()) {
            if (format.bits() == bits && format.isFloat() == (tag == IEEE_FLOAT)) {
                return format;
            }
        }
        String expected = tag == PCM ? "PCM of 8, 16, 24 or 32" : "IEEE float of 32 or 64";
        throw new AudioFormatException(source, at + 14, bits + " bits per sample, expected " + expected);
    }

    private static String codecName(int tag) {
        String name = switch (tag) {
            case 0x0002 -> "Microsoft ADPCM";
            case 0x0006 -> "A-law";
            case 0x0007 -> "mu-law";
            case 0x0011 -> "IMA ADPCM";
            case 0x0031 -> "GSM 6.10";
            case 0x0040 -> "G.721 ADPCM";
            case 0x0050 -> "MPEG";
            case 0x0055 -> "MP3";
            case 0x00FF, 0x1610 -> "AAC";
            case 0x0161 -> "Windows Media Audio";
            case 0x2000 -> "AC-3";
            case 0xF1AC -> "FLAC";
            default -> "unknown";
        };
        return String.format("%s (0x%04X)", name, tag);
    }
}

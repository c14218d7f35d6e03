package dev.onda.audio;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/**
 * Reads what Java Sound and its providers know. Integers and floats of the sizes WAV has are decoded here, so that full
 * scale means the same in every file; all other encodings are first converted to 16-bit PCM by Java Sound.
 */
final class JavaSound {

    private JavaSound() {}

    /**
     * Decodes the bytes of a whole file. A fractional sample rate is rounded to whole hertz.
     *
     * @throws AudioFormatException if no provider knows the content, or the one that does cannot decode it
     */
    static Wave parse(byte[] bytes, String source) throws IOException {
        try (AudioInputStream encoded = AudioSystem.getAudioInputStream(new ByteArrayInputStream(bytes));
                AudioInputStream decoded = toKnownFormat(encoded)) {
            WavFormat format = wavFormat(decoded.getFormat(), source);
            byte[] data = decoded.readAllBytes();
            toLittleEndian(data, decoded.getFormat());
            int frames = data.length / format.frameBytes();
            return new Wave(SampleDecoder.decode(data, 0, frames, format, source), format.sampleRateHz());
        } catch (UnsupportedAudioFileException e) {
            throw refusal(
                    source,
                    "not a WAV file and no Java Sound provider on the class path reads it; convert it to WAV",
                    e);
        } catch (AudioFormatException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw refusal(source, "Java Sound cannot decode it: " + e.getMessage() + "; convert it to WAV", e);
        }
    }

    private static AudioInputStream toKnownFormat(AudioInputStream in) {
        AudioFormat format = in.getFormat();
        Encoding encoding = format.getEncoding();
        int bits = format.getSampleSizeInBits();
        boolean isPacked = format.getFrameSize() == format.getChannels() * (bits / 8);
        boolean isInteger =
                encoding.equals(Encoding.PCM_SIGNED) && (bits == 8 || bits == 16 || bits == 24 || bits == 32);
        boolean isFloat = encoding.equals(Encoding.PCM_FLOAT) && (bits == 32 || bits == 64);
        if (isPacked && (isInteger || isFloat)) {
            return in;
        }
        int frameBytes = 2 * format.getChannels();
        float rate = format.getSampleRate();
        return AudioSystem.getAudioInputStream(
                new AudioFormat(Encoding.PCM_SIGNED, rate, 16, format.getChannels(), frameBytes, rate, false), in);
    }

    private static WavFormat wavFormat(AudioFormat format, String source) throws AudioFormatException {
        int rate = Math.round(format.getSampleRate());
        if (rate < 1 || format.getChannels() < 1) {
            throw new AudioFormatException(
                    source,
                    0,
                    "Java Sound finds " + format.getChannels() + " channels at " + format.getSampleRate()
                            + " Hz, expected at least 1 of each; convert it to WAV");
        }
        boolean isFloat = format.getEncoding().equals(Encoding.PCM_FLOAT);
        SampleFormat sample = switch (format.getSampleSizeInBits()) {
            case 8 -> SampleFormat.PCM_8;
            case 16 -> SampleFormat.PCM_16;
            case 24 -> SampleFormat.PCM_24;
            case 32 -> isFloat ? SampleFormat.FLOAT_32 : SampleFormat.PCM_32;
            default -> SampleFormat.FLOAT_64;
        };
        return new WavFormat(sample, format.getChannels(), rate);
    }

    /** Turns bytes into the form WAV has: little-endian, and unsigned if there is one byte a sample. */
    private static void toLittleEndian(byte[] data, AudioFormat format) {
        int size = format.getSampleSizeInBits() / 8;
        if (size == 1) {
            for (int i = 0; i < data.length; i++) {
                data[i] ^= (byte) 0x80;
            }
        } else if (format.isBigEndian()) {
            for (int start = 0; start + size <= data.length; start += size) {
                reverse(data, start, start + size - 1);
            }
        }
    }

    private static void reverse(byte[] data, int first, int last) {
        for (int low = first, high = last; low < high; low++, high--) {
            byte swapped = data[low];
            data[low] = data[high];
            data[high] = swapped;
        }
    }

    private static AudioFormatException refusal(String source, String reason, Exception cause) {
        AudioFormatException refusal = new AudioFormatException(source, 0, reason);
        refusal.initCause(cause);
        return refusal;
    }
}

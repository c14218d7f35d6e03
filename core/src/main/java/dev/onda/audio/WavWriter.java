package dev.onda.audio;

import dev.onda.file.AtomicFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * Writes mono WAV. Samples are rounded to the nearest step and clipped to full scale; +1 becomes the largest integer. What
 * is read back differs by half a step at most, and by nothing in {@link SampleFormat#FLOAT_32} and
 * {@link SampleFormat#FLOAT_64}. Source: see {@link SampleFormat}.
 */
public final class WavWriter {

    /** Samples encoded at a time. */
    private static final int BLOCK = 4096;

    private static final int PCM_TAG = 1;
    private static final int FLOAT_TAG = 3;
    private static final int PCM_HEADER_BYTES = 44;
    /** A float's header has a longer "fmt " chunk, by 2, and a "fact" chunk of 12. */
    private static final int FLOAT_HEADER_BYTES = 58;

    private WavWriter() {}

    /**
     * Writes a file of 16-bit PCM.
     *
     * @throws IOException if it cannot be written; a file of that name stays as it was
     * @throws IllegalArgumentException if a sample is NaN or infinite
     */
    public static void write(Path file, Wave wave) throws IOException {
        write(file, wave, SampleFormat.PCM_16);
    }

    /**
     * Writes a file: to a temporary one in the same folder, forced to disk, then renamed in one step.
     *
     * @throws IOException if it cannot be written; a file of that name stays as it was
     * @throws IllegalArgumentException if a sample is NaN or infinite, or the wave is longer than the 4 GiB of a WAV file
     */
    public static void write(Path file, Wave wave, SampleFormat format) throws IOException {
        check(wave, format);
        Path target = file.toAbsolutePath();
        Path folder = target.getParent();
        if (folder == null || Files.isDirectory(target)) {
            throw new FileSystemException(file.toString(), null, "this is a folder, expected the name of a WAV file");
        }
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(file.toString(), null, "its folder does not exist; make it first");
        }
        AtomicFile.write(target, channel -> encode(Channels.newOutputStream(channel), wave, format));
    }

    /**
     * Writes to a stream, which is flushed and left open.
     *
     * @throws IOException if writing fails
     * @throws IllegalArgumentException if a sample is NaN or infinite, or the wave is longer than the 4 GiB of a WAV file
     */
    public static void write(OutputStream out, Wave wave, SampleFormat format) throws IOException {
        check(wave, format);
        BufferedOutputStream buffered = new BufferedOutputStream(out);
        encode(buffered, wave, format);
        buffered.flush();
    }

    private static void check(Wave wave, SampleFormat format) {
        float[] samples = wave.samples();
        for (int i = 0; i < samples.length; i++) {
            if (!Float.isFinite(samples[i])) {
                throw new IllegalArgumentException("sample " + i + " is " + samples[i] + ", expected a finite number");
            }
        }
        long bytes = (long) samples.length * format.bytes();
        if (bytes > 0xFFFF_FFFFL - FLOAT_HEADER_BYTES) {
            throw new IllegalArgumentException(samples.length + " samples make " + bytes + " bytes of " + format
                    + ", a WAV file holds below 4 GiB");
        }
    }

    private static void encode(OutputStream out, Wave wave, SampleFormat format) throws IOException {
        float[] samples = wave.samples();
        out.write(header(wave, format));
        byte[] bytes = new byte[Math.min(BLOCK, samples.length) * format.bytes()];
        ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < samples.length; start += BLOCK) {
            block.clear();
            SampleEncoder.encode(samples, start, Math.min(BLOCK, samples.length - start), format, block);
            out.write(bytes, 0, block.position());
        }
        if (isOdd(samples.length * (long) format.bytes())) {
            out.write(0);
        }
    }

    private static byte[] header(Wave wave, SampleFormat format) {
        boolean isFloat = format.isFloat();
        byte[] bytes = new byte[isFloat ? FLOAT_HEADER_BYTES : PCM_HEADER_BYTES];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long dataBytes = (long) wave.samples().length * format.bytes();
        long paddedBytes = dataBytes + (isOdd(dataBytes) ? 1 : 0);
        name(header, "RIFF").putInt((int) (bytes.length - 8 + paddedBytes));
        name(header, "WAVE");
        name(header, "fmt ").putInt(isFloat ? 18 : 16);
        header.putShort((short) (isFloat ? FLOAT_TAG : PCM_TAG)).putShort((short) 1);
        header.putInt(wave.sampleRateHz()).putInt(wave.sampleRateHz() * format.bytes());
        header.putShort((short) format.bytes()).putShort((short) format.bits());
        if (isFloat) {
            header.putShort((short) 0);
            name(header, "fact").putInt(4).putInt(wave.samples().length);
        }
        name(header, "data").putInt((int) dataBytes);
        return bytes;
    }

    private static boolean isOdd(long bytes) {
        return (bytes & 1) == 1;
    }

    private static ByteBuffer name(ByteBuffer header, String name) {
        return header.put(name.getBytes(StandardCharsets.US_ASCII));
    }
}

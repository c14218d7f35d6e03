package dev.onda.corpus;

import dev.onda.audio.AudioFile;
import dev.onda.audio.AudioFormatException;
import dev.onda.audio.Resampler;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * From an audio file to one window of int16: decoded, resampled, padded or cut to length. Whatever is wrong with a file
 * comes back as an {@link Outcome.Skipped}, never as an exception. Any number of threads may decode at once.
 */
final class ClipDecoder {
    /** Longest clip, in windows; what is longer holds more than one word. */
    private static final double MAX_WINDOWS = 2;
    /** Shortest clip, in windows: 50 ms of a second. */
    private static final double MIN_WINDOWS = 0.05;
    /** No clip of legal length needs more bytes a second: 192 kHz, two channels, 64 bits. */
    private static final double MAX_BYTES_PER_SECOND = 192_000 * 2 * 8;
    /** Room for what else is in a file, such as a picture. */
    private static final long EXTRA_BYTES = 16 << 20;
    /** A header that claims less is a lie: no speech is left below 500 Hz. */
    private static final int MIN_RATE_HZ = 1000;

    private final ClipFormat format;
    private final double minSeconds;
    private final double maxSeconds;
    private final long maxBytes;

    ClipDecoder(ClipFormat format) {
        this.format = format;
        this.minSeconds = MIN_WINDOWS * format.windowSeconds();
        this.maxSeconds = MAX_WINDOWS * format.windowSeconds();
        this.maxBytes = EXTRA_BYTES + (long) (maxSeconds * MAX_BYTES_PER_SECOND);
    }

    /**
     * Decodes one file.
     *
     * @param into takes the window's samples at its position if the clip is good, and is left alone if it is not; in the
     *     buffer's byte order
     */
    Outcome decode(Path path, ByteBuffer into) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return skipped("a folder, expected a sound file");
            }
            if (!attributes.isRegularFile()) {
                return skipped("no regular file");
            }
            if (attributes.size() == 0) {
                return skipped("empty file");
            }
            if (attributes.size() > maxBytes) {
                return skipped(String.format(
                        Locale.ROOT,
                        "%.1f MB, too large for a clip of at most %s s; cut it first",
                        attributes.size() / 1e6,
                        seconds(maxSeconds)));
            }
            return store(AudioFile.read(path), into);
        } catch (AudioFormatException e) {
            return new Outcome.Skipped(oneLine(e.reason()), Math.max(0, e.byteOffset()));
        } catch (NoSuchFileException e) {
            return skipped("no such file");
        } catch (AccessDeniedException e) {
            return skipped("no permission to read this file");
        } catch (FileSystemException e) {
            return skipped("unreadable: " + (e.getReason() == null ? "input or output error" : e.getReason()));
        } catch (IOException | RuntimeException e) {
            return skipped("unreadable: " + e);
        }
    }

    private Outcome store(Wave wave, ByteBuffer into) {
        float[] original = wave.samples();
        int rate = wave.sampleRateHz();
        if (rate < MIN_RATE_HZ || rate > ClipFormat.MAX_SAMPLE_RATE_HZ) {
            return skipped(
                    "sample rate is " + rate + " Hz, expected " + MIN_RATE_HZ + " to " + ClipFormat.MAX_SAMPLE_RATE_HZ);
        }
        if (original.length == 0) {
            return skipped("no samples");
        }
        // Refused lengths are rounded away from their limit, so that no message says 2.0 s is more than 2.0 s.
        if (wave.seconds() > maxSeconds) {
            return skipped(seconds(Math.ceil(wave.seconds() * 1000 - 1e-6) / 1000) + " s long, at most "
                    + seconds(maxSeconds) + " s; cut it first");
        }
        if (wave.seconds() < minSeconds) {
            return skipped("too short: " + seconds(Math.floor(wave.seconds() * 1000 + 1e-6) / 1000) + " s, at least "
                    + seconds(minSeconds) + " s");
        }
        float[] window = Window.fit(resampled(wave), format.windowSamples());
        int at = into.position();
        for (int i = 0; i < window.length; i++) {
            into.putShort(at + i * Short.BYTES, quantized(window[i]));
        }
        into.position(at + window.length * Short.BYTES);
        return new Outcome.Stored(original.length, rate);
    }

    private float[] resampled(Wave wave) {
        return wave.sampleRateHz() == format.sampleRateHz()
                ? wave.samples()
                : Resampler.of(wave.sampleRateHz(), format.sampleRateHz()).resample(wave.samples());
    }

    /**
     * A whole recording as int16, little-endian, at the store's rate.
     *
     * @throws AudioFormatException if it cannot be read as sound
     * @throws IOException if it cannot be read at all
     */
    ByteBuffer decodeRecording(Path path) throws IOException {
        float[] samples = resampled(AudioFile.read(path));
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float sample : samples) {
            bytes.putShort(quantized(sample));
        }
        return bytes.flip();
    }

    private static short quantized(float sample) {
        int rounded = Math.round(sample * 32768f);
        return (short) Math.min(Short.MAX_VALUE, Math.max(Short.MIN_VALUE, rounded));
    }

    /** Seconds to the millisecond, at least one decimal. */
    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds).replaceFirst("0{1,2}$", "");
    }

    private static Outcome skipped(String reason) {
        return new Outcome.Skipped(oneLine(reason), 0);
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}

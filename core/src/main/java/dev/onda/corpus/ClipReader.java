package dev.onda.corpus;

import dev.onda.audio.AudioFile;
import dev.onda.audio.AudioFormatException;
import dev.onda.audio.Wave;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/**
 * From an audio file to its sound. Whatever is wrong with a file comes back as an {@link Outcome.Skipped}, never as an
 * exception. Any number of threads may read at once.
 */
final class ClipReader {
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

    private final double minSeconds;
    private final double maxSeconds;
    private final long maxBytes;

    ClipReader(double windowSeconds) {
        this.minSeconds = MIN_WINDOWS * windowSeconds;
        this.maxSeconds = MAX_WINDOWS * windowSeconds;
        this.maxBytes = EXTRA_BYTES + (long) (maxSeconds * MAX_BYTES_PER_SECOND);
    }

    /** What a file gave. */
    sealed interface Reading {

        /**
         * Sound of one sample at least, of any length.
         *
         * @param file the whole file; not copied
         * @param wave what is in it
         */
        record Sound(byte[] file, Wave wave) implements Reading {}

        /** No sound; {@code why} is what to tell. */
        record Nothing(Outcome.Skipped why) implements Reading {}
    }

    /** How a clip's length compares with what a store takes. */
    enum Length {
        TOO_SHORT,
        FINE,
        TOO_LONG
    }

    /** Reads one file. */
    Reading read(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                return nothing("a folder, expected a sound file");
            }
            if (!attributes.isRegularFile()) {
                return nothing("no regular file");
            }
            if (attributes.size() == 0) {
                return nothing("empty file");
            }
            if (attributes.size() > maxBytes) {
                return nothing(String.format(
                        Locale.ROOT,
                        "%.1f MB, too large for a clip of at most %s s; cut it first",
                        attributes.size() / 1e6,
                        seconds(maxSeconds)));
            }
            return checked(Files.readAllBytes(path), path.toString());
        } catch (AudioFormatException e) {
            return new Reading.Nothing(new Outcome.Skipped(oneLine(e.reason()), Math.max(0, e.byteOffset())));
        } catch (NoSuchFileException e) {
            return nothing("no such file");
        } catch (AccessDeniedException e) {
            return nothing("no permission to read this file");
        } catch (FileSystemException e) {
            return nothing("unreadable: " + (e.getReason() == null ? "input or output error" : e.getReason()));
        } catch (IOException | RuntimeException e) {
            return nothing("unreadable: " + e);
        }
    }

    private static Reading checked(byte[] file, String source) throws IOException {
        Wave wave = AudioFile.parse(file, source);
        int rate = wave.sampleRateHz();
        if (rate < MIN_RATE_HZ || rate > ClipFormat.MAX_SAMPLE_RATE_HZ) {
            return nothing(
                    "sample rate is " + rate + " Hz, expected " + MIN_RATE_HZ + " to " + ClipFormat.MAX_SAMPLE_RATE_HZ);
        }
        return wave.samples().length == 0 ? nothing("no samples") : new Reading.Sound(file, wave);
    }

    Length length(Wave wave) {
        if (wave.seconds() > maxSeconds) {
            return Length.TOO_LONG;
        }
        return wave.seconds() < minSeconds ? Length.TOO_SHORT : Length.FINE;
    }

    /**
     * Says how long the wave is and what was expected. Refused lengths are rounded away from their limit, so that no message
     * says that 2.0 s is more than 2.0 s.
     */
    String lengthReason(Wave wave) {
        return switch (length(wave)) {
            case TOO_LONG ->
                seconds(Math.ceil(wave.seconds() * 1000 - 1e-6) / 1000) + " s long, at most " + seconds(maxSeconds)
                        + " s; cut it first";
            case TOO_SHORT ->
                "too short: " + seconds(Math.floor(wave.seconds() * 1000 + 1e-6) / 1000) + " s, at least "
                        + seconds(minSeconds) + " s";
            case FINE -> seconds(wave.seconds()) + " s long";
        };
    }

    /** Seconds to the millisecond, at least one decimal. */
    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds).replaceFirst("0{1,2}$", "");
    }

    private static Reading nothing(String reason) {
        return new Reading.Nothing(new Outcome.Skipped(oneLine(reason), 0));
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}

package dev.onda.corpus;

import dev.onda.audio.AudioFile;
import dev.onda.audio.AudioFormatException;
import dev.onda.audio.Resampler;
import dev.onda.audio.Wave;
import dev.onda.audio.Window;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * From an audio file to one window of int16: decoded, resampled, padded or cut to length. Whatever is wrong with a file
 * comes back as an {@link Outcome.Skipped}, never as an exception. Any number of threads may decode at once.
 */
final class ClipDecoder {

    private final ClipFormat format;
    private final ClipReader reader;

    ClipDecoder(ClipFormat format) {
        this.format = format;
        this.reader = new ClipReader(format.windowSeconds());
    }

    /**
     * Decodes one file.
     *
     * @param into takes the window's samples at its position if the clip is good, and is left alone if it is not; in the
     *     buffer's byte order
     */
    Outcome decode(Path path, ByteBuffer into) {
        return switch (reader.read(path)) {
            case ClipReader.Reading.Nothing(Outcome.Skipped why) -> why;
            case ClipReader.Reading.Sound sound -> store(sound.wave(), into);
        };
    }

    private Outcome store(Wave wave, ByteBuffer into) {
        if (reader.length(wave) != ClipReader.Length.FINE) {
            return new Outcome.Skipped(reader.lengthReason(wave), 0);
        }
        float[] window;
        try {
            window = Window.fit(resampled(wave), format.windowSamples());
        } catch (RuntimeException e) {
            return new Outcome.Skipped("unreadable: " + e, 0);
        }
        int at = into.position();
        for (int i = 0; i < window.length; i++) {
            into.putShort(at + i * Short.BYTES, quantized(window[i]));
        }
        into.position(at + window.length * Short.BYTES);
        return new Outcome.Stored(wave.samples().length, wave.sampleRateHz());
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
}

package dev.onda.audio;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.TargetDataLine;

/**
 * Sound as it is recorded. The system keeps half a second of it; what is not read by then is lost. The channels of a device
 * are averaged.
 */
public final class Microphone implements SoundSource {

    /** Most that one read waits for. */
    private static final int READ_MS = 20;

    private final TargetDataLine line;
    private final InputDevice.Form form;
    private final String name;
    private final WavFormat format;
    private final byte[] bytes;
    private final AtomicBoolean isClosed = new AtomicBoolean();

    private Microphone(TargetDataLine line, InputDevice.Form form, String name) {
        this.line = line;
        this.form = form;
        this.name = name;
        format = new WavFormat(SampleFormat.PCM_16, form.channels(), form.sampleRateHz());
        bytes = new byte[Math.max(1, form.sampleRateHz() * READ_MS / 1_000) * format.frameBytes()];
    }

    /**
     * Starts recording from the system's default microphone.
     *
     * @throws IOException if there is none, or it cannot be had now
     */
    public static Microphone open() throws IOException {
        return InputDevice.standard().open();
    }

    /** Starts recording from a line; {@link InputDevice#open} of one's choice. */
    static Microphone start(TargetDataLine line, InputDevice.Form form, String name) throws LineUnavailableException {
        line.open(form.format());
        line.start();
        return new Microphone(line, form, name);
    }

    /** What the system calls the device. */
    public String name() {
        return name;
    }

    /** How the device gives its sound. */
    public InputDevice.Form form() {
        return form;
    }

    @Override
    public int sampleRateHz() {
        return form.sampleRateHz();
    }

    @Override
    public boolean isLive() {
        return true;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IOException if the device gives no sound any more, such as when it was unplugged
     */
    @Override
    public int read(float[] samples, int offset, int length) throws IOException {
        int frameBytes = format.frameBytes();
        int read = line.read(bytes, 0, Math.min(length, bytes.length / frameBytes) * frameBytes);
        if (isClosed.get()) {
            return END;
        }
        int frames = read / frameBytes;
        if (frames == 0) {
            throw new IOException(name + " gives no sound any more; is it still plugged in?");
        }
        System.arraycopy(SampleDecoder.decode(bytes, 0, frames, format, name), 0, samples, offset, frames);
        return frames;
    }

    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            line.stop();
            line.close();
        }
    }
}

package dev.onda.recognize;

import dev.onda.audio.Resampler;
import dev.onda.nn.StreamPass;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One stream of sound, heard as it comes: samples of any rate, number of channels and size of chunk in, {@link Detection}s
 * out. What is detected does not depend on the chunks. For one thread at a time; allocates nothing but detections once
 * chunks have had their largest size.
 *
 * <p>Every hop the last window goes through the network, if anything in it stood out from the background.
 */
public final class StreamRecognizer {

    /** Told of each window that was judged. */
    @FunctionalInterface
    public interface Tap {
        /**
         * @param time seconds of the stream heard so far
         * @param posteriors one for each class, valid during the call; empty if the window was quiet and not judged
         */
        void judged(double time, float[] posteriors);
    }

    /** A word is detected at most so long after it ends: what is quiet for longer is not judged. */
    private static final double SECONDS_AFTER_SOUND = 0.5;

    /** Samples that are mixed and resampled at a time. */
    private static final int PIECE = 1_024;

    private static final float[] QUIET = {};

    private final StreamModel model;
    private final int channels;
    private final Consumer<Detection> listener;
    private final Resampler.Stream resampler;
    private final LoudnessTrack loudness;
    private final WordDecoder decoder;
    private final float[] mono = new float[PIECE];
    /** The last window, as a ring. */
    private final float[] ring;
    /** What the next window can use of the last. */
    private final Optional<StreamPass.Found> found;

    private Tap tap = (time, posteriors) -> {};
    private int at;
    private int sinceHop;
    private long heard;
    /** Of a frame that is cut by the end of a chunk: its channels so far, and their sum. */
    private int channel;

    private float frame;
    /** The first byte of a sample that is cut by the end of a chunk. */
    private int lowByte;

    private boolean isCut;

    StreamRecognizer(StreamModel model, Resampler resampler, int channels, Consumer<Detection> listener) {
        if (channels < 1) {
            throw new IllegalArgumentException("a stream has at least 1 channel, not " + channels);
        }
        this.model = model;
        this.channels = channels;
        this.listener = listener;
        this.resampler = resampler.stream();
        loudness = new LoudnessTrack(model.input().sampleRateHz());
        decoder = new WordDecoder(model.words(), model.settings());
        ring = new float[model.input().windowSamples()];
        WindowJudge judge = model.take();
        found = judge.found();
        model.back(judge);
    }

    /** Lets someone see the posteriors of each window, before they are averaged. */
    public void tap(Tap other) {
        tap = other;
    }

    /** Hears all samples of a chunk. */
    public void push(float[] samples) {
        push(samples, 0, samples.length);
    }

    /**
     * Hears {@code length} samples from {@code offset} on.
     *
     * @param samples full scale [-1, 1]; the channels' samples by turns; what is not finite counts as 0
     * @throws IndexOutOfBoundsException if the array does not hold them
     */
    public void push(float[] samples, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, samples.length);
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            count = add(samples[i], count);
        }
        hear(count);
    }

    /**
     * Hears {@code length} bytes from {@code offset} on: samples of 16 bits, the lower byte first.
     *
     * @throws IndexOutOfBoundsException if the array does not hold them
     */
    public void pushPcm16(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int count = 0;
        for (int i = offset; i < offset + length; i++) {
            if (isCut) {
                count = add((short) (bytes[i] << 8 | lowByte) * 0x1p-15f, count);
            } else {
                lowByte = bytes[i] & 0xFF;
            }
            isCut = !isCut;
        }
        hear(count);
    }

    /**
     * Ends the stream: hears what the resampler still holds, and the last word as if half a second of silence followed. Nothing
     * may be pushed afterwards.
     */
    public void finish() {
        resampler.finish();
        drain();
        int left = (int) (SECONDS_AFTER_SOUND * model.input().sampleRateHz());
        while (left > 0) {
            int some = Math.min(left, room());
            Arrays.fill(ring, at, at + some, 0);
            advance(some);
            left -= some;
        }
    }

    /** Seconds of sound heard so far, at the model's rate. */
    public double seconds() {
        return heard / (double) model.input().sampleRateHz();
    }

    /** The averaged posterior of each class of the model, see {@link WordDecoder#score}. */
    public double score(int word) {
        return decoder.score(word);
    }

    /** Adds a sample to the frames that wait, hears these when they are many; returns how many wait. */
    private int add(float sample, int waiting) {
        frame += Float.isFinite(sample) ? sample : 0;
        channel++;
        if (channel < channels) {
            return waiting;
        }
        mono[waiting] = frame / channels;
        channel = 0;
        frame = 0;
        if (waiting + 1 < PIECE) {
            return waiting + 1;
        }
        hear(PIECE);
        return 0;
    }

    private void hear(int count) {
        resampler.push(mono, 0, count);
        drain();
    }

    private void drain() {
        while (resampler.available() > 0) {
            int some = Math.min(room(), resampler.available());
            resampler.pull(ring, at, some);
            loudness.push(ring, at, some);
            heard += some;
            advance(some);
        }
    }

    /** Samples that fit until the ring or the hop ends. */
    private int room() {
        return Math.min(ring.length - at, model.hopSamples() - sinceHop);
    }

    private void advance(int samples) {
        at = (at + samples) % ring.length;
        sinceHop += samples;
        if (sinceHop == model.hopSamples()) {
            sinceHop = 0;
            judge();
        }
    }

    private void judge() {
        if (!loudness.hasSound(SECONDS_AFTER_SOUND)) {
            found.ifPresent(StreamPass.Found::forget);
            decoder.quiet();
            tap.judged(seconds(), QUIET);
            return;
        }
        WindowJudge judge = model.take();
        int word;
        try {
            float[] window = judge.window();
            System.arraycopy(ring, at, window, 0, ring.length - at);
            System.arraycopy(ring, 0, window, ring.length - at, at);
            float[] posteriors = judge.judge(found);
            tap.judged(seconds(), posteriors);
            word = decoder.next(posteriors);
        } finally {
            model.back(judge);
        }
        if (word != WordDecoder.NONE) {
            listener.accept(new Detection(
                    model.words().get(word),
                    decoder.score(word),
                    loudness.lastStart(),
                    Math.min(loudness.lastEnd(), seconds()),
                    seconds()));
        }
    }
}

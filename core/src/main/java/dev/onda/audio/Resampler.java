package dev.onda.audio;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes the sample rate of sound: a polyphase filter of linear phase whose delay is taken out, so output n lies at time
 * n / toHz exactly and the first output is the first input's.
 *
 * <p>Up to 0.9 of the lower Nyquist frequency the gain is within 0.05 dB of 1; whatever would alias, or mirror when going up,
 * comes out at -100 dB at most. Beyond its ends the sound counts as silence. {@code length} samples become
 * ceil(length toHz / fromHz). Equal rates change nothing. See {@link PolyphaseFilter} for the design and its sources (Kaiser
 * 1974; Crochiere and Rabiner 1983; Oppenheim and Schafer, "Discrete-Time Signal Processing", 3rd edition, sections 4.6 and
 * 7.6).
 *
 * <p>Immutable and safe between threads. The latest 16 are kept for {@link #of}, at most 0.5 MB each.
 */
public final class Resampler {

    private static final int MOST_KEPT = 16;
    private static final int MOST_RATIO = 256;
    private static final Map<Rates, Resampler> KEPT = new LinkedHashMap<>(32, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Rates, Resampler> eldest) {
            return size() > MOST_KEPT;
        }
    };

    private record Rates(int fromHz, int toHz) {}

    private final Rates rates;
    private final PolyphaseFilter filter;

    private Resampler(Rates rates) {
        this.rates = rates;
        this.filter = new PolyphaseFilter(rates.fromHz, rates.toHz);
    }

    /**
     * The resampler between two rates.
     *
     * @throws IllegalArgumentException if a rate is below 1 Hz, or one is more than 256 times the other
     */
    public static Resampler of(int fromHz, int toHz) {
        long low = Math.min(fromHz, toHz);
        if (low < 1 || Math.max(fromHz, toHz) > MOST_RATIO * low) {
            throw new IllegalArgumentException("cannot resample " + fromHz + " Hz to " + toHz
                    + " Hz: rates are at least 1 Hz, and at most 256 times each other");
        }
        synchronized (KEPT) {
            return KEPT.computeIfAbsent(new Rates(fromHz, toHz), Resampler::new);
        }
    }

    /** The sample rate of what goes in. */
    public int fromHz() {
        return rates.fromHz;
    }

    /** The sample rate of what comes out. */
    public int toHz() {
        return rates.toHz;
    }

    /**
     * Resamples a whole sound; the wave itself, not a copy, if the rates are equal.
     *
     * @throws IllegalArgumentException if the wave has another rate than {@link #fromHz}, or would become too long for an
     *     array
     */
    public Wave resample(Wave wave) {
        if (wave.sampleRateHz() != rates.fromHz) {
            throw new IllegalArgumentException(
                    "the wave has " + wave.sampleRateHz() + " Hz, this resampler takes " + rates.fromHz + " Hz");
        }
        return isIdentity() ? wave : new Wave(resample(wave.samples()), rates.toHz);
    }

    /**
     * Resamples a whole sound.
     *
     * @param samples (time)
     * @return (ceil(time toHz / fromHz)), always a new array
     * @throws IllegalArgumentException if the result would be too long for an array
     */
    public float[] resample(float[] samples) {
        if (isIdentity()) {
            return samples.clone();
        }
        float[] padded = new float[samples.length + filter.taps()];
        System.arraycopy(samples, 0, padded, filter.reach, samples.length);
        float[] output = new float[outputLength(samples.length)];
        filter.apply(filter.lanes(output.length), new Span(padded, -filter.reach), new Span(output, 0));
        return output;
    }

    /** A new stream through this resampler. */
    public Stream stream() {
        return new Stream(this);
    }

    private boolean isIdentity() {
        return filter.up == filter.down;
    }

    private int outputLength(int inputLength) {
        long length = filter.outputs(inputLength);
        if (length > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(inputLength + " samples at " + rates.fromHz + " Hz make " + length
                    + " at " + rates.toHz + " Hz, too many for an array; push them through a stream in pieces");
        }
        return (int) length;
    }

    /**
     * Resampling as the sound arrives. Whatever the pieces, what comes out is bit for bit what
     * {@link Resampler#resample(float[])} makes of the whole. Output runs behind input by the filter's reach: 58 samples of the
     * lower rate. What is ready waits here until it is pulled. For one thread at a time.
     */
    public static final class Stream {

        /** Inputs taken in at a time, so that a long push needs no second copy of itself. */
        private static final int MOST_AT_ONCE = 1 << 16;

        private final PolyphaseFilter filter;
        private final boolean isIdentity;
        private final FloatQueue inputs = new FloatQueue();
        private final FloatQueue ready = new FloatQueue();
        /** Number of the first input held. */
        private long origin;
        /** Number of the next output. It and {@code origin} go back by whole periods, so they never grow large. */
        private long next;

        private boolean isFinished;
        /** Outputs as they are computed: room for the most that ever came at once. */
        private float[] outputs = {};

        private final @Nullable PolyphaseLanes lanes;
        private final Span from = new Span(outputs, 0);
        private final Span to = new Span(outputs, 0);

        private Stream(Resampler resampler) {
            filter = resampler.filter;
            isIdentity = resampler.isIdentity();
            origin = -filter.reach;
            lanes = isIdentity ? null : filter.lanes(MOST_AT_ONCE);
            addSilence();
        }

        /**
         * Takes in all samples.
         *
         * @throws IllegalStateException after {@link #finish}
         */
        public void push(float[] samples) {
            push(samples, 0, samples.length);
        }

        /**
         * Takes in {@code length} samples from {@code offset} on.
         *
         * @throws IllegalStateException after {@link #finish}
         * @throws IndexOutOfBoundsException if the array does not hold them
         */
        public void push(float[] samples, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, samples.length);
            if (isFinished) {
                throw new IllegalStateException("this stream is finished, open a new one");
            }
            if (isIdentity) {
                ready.add(samples, offset, length);
                return;
            }
            for (int done = 0; done < length; done += MOST_AT_ONCE) {
                inputs.add(samples, offset + done, Math.min(MOST_AT_ONCE, length - done));
                advance(filter.outputs(origin + inputs.size() - filter.reach));
            }
        }

        /** Ends the input: what the last samples still owe becomes ready. A second call does nothing. */
        public void finish() {
            if (!isFinished && !isIdentity) {
                long end = filter.outputs(origin + inputs.size());
                addSilence();
                advance(end);
            }
            isFinished = true;
        }

        /** Output samples that wait to be pulled. */
        public int available() {
            return ready.size();
        }

        /** Pulls all that is ready. */
        public float[] pull() {
            float[] pulled = new float[ready.size()];
            ready.take(pulled, 0, pulled.length);
            return pulled;
        }

        /**
         * Pulls at most {@code length} samples into an array.
         *
         * @return how many there were, 0 if none is ready
         * @throws IndexOutOfBoundsException if the array has no room for {@code length}
         */
        public int pull(float[] into, int offset, int length) {
            Objects.checkFromIndexSize(offset, length, into.length);
            return ready.take(into, offset, length);
        }

        private void addSilence() {
            inputs.add(new float[filter.reach], 0, filter.reach);
        }

        /** Computes the outputs before {@code end} and lets go of the inputs no other needs. */
        private void advance(long end) {
            if (end <= next) {
                return;
            }
            int count = (int) (end - next);
            if (outputs.length < count) {
                outputs = new float[2 * count];
            }
            from.set(inputs.array(), inputs.first() + inputs.size(), origin - inputs.first());
            filter.apply(lanes, from, to.set(outputs, count, next));
            ready.add(outputs, 0, count);
            long periods = end / filter.up;
            int spent = (int) (filter.firstInput(end) - origin);
            inputs.remove(spent);
            origin += spent - periods * filter.down;
            next = end - periods * filter.up;
        }
    }
}

package dev.onda.evaluate;

import dev.onda.augment.Level;
import dev.onda.augment.SpokenPart;
import dev.onda.corpus.ClipStore;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A long sound of which one knows what is said when: clips of words in a random order, one event in four other speech, from
 * start to start a window and 0.5 to 3.5 s more, over background of one level. Where there are few clips of other words, half of
 * the other speech is words backwards. In the manner of TensorFlow's
 * {@code generate_streaming_test_wav} (Warden 2018, "Speech Commands", section 7.3); other speech is ours.
 *
 * <p>Every clip has the same level over its whole window, {@value #LEVEL} of full scale (-26 dB, the nominal one of ITU-T P.56),
 * after it was faded in and out over 20 ms; the background lies the signal-to-noise ratio below it. The sound is made as it is
 * read and never held; what is read does not depend on the pieces. For one thread at a time.
 */
public final class TestStream {

    private static final double LEVEL = 0.05;
    private static final double FADE_SECONDS = 0.02;
    private static final double LEAST_GAP_SECONDS = 0.5;
    private static final double MOST_GAP_SECONDS = 3.5;
    /** One event in so many is other speech. */
    private static final int OTHER = 4;
    /** Behind the last event there is so much of background, so that it can be detected. */
    private static final double END_SECONDS = 1;

    private final ClipStore store;
    private final int rateHz;
    private final long samples;
    private final List<Placed> placed = new ArrayList<>();
    private final BackgroundTrack background;

    private final float[] clip;
    /** The event that {@link #clip} holds, and the first that is not over; none is held at -1. */
    private int loaded = -1;

    private int next;
    private long at;

    /** A clip and where it goes. */
    private record Placed(int clip, long first, StreamEvent event) {}

    /**
     * A stream from its beginning.
     *
     * @throws IllegalArgumentException if there is no clip of a word with sound in it, or the stream is too short for one
     */
    public TestStream(StreamMaterial material, TestStreamPlan plan) {
        store = material.store();
        rateHz = store.format().sampleRateHz();
        clip = new float[store.format().windowSamples()];
        samples = Math.round(plan.seconds() * rateHz);
        SplittableRandom random = new SplittableRandom(plan.seed());
        background = new BackgroundTrack(
                material.background(), rateHz, LEVEL * StrictMath.pow(10, -plan.snrDb() / 20), random.split());
        place(material, random);
        if (placed.isEmpty()) {
            throw new IllegalArgumentException("a stream of " + plan.minutes() + " minutes is too short for a word");
        }
    }

    private void place(StreamMaterial material, SplittableRandom random) {
        Deck words = new Deck(material.words().length, random.split());
        Deck unknown = new Deck(material.unknown().length, random.split());
        Deck backwards = new Deck(words.size(), random.split());
        long last = samples - clip.length - Math.round(END_SECONDS * rateHz);
        for (long first = gap(random); first <= last; first += clip.length + gap(random)) {
            // The first is a word, so that no stream is without one.
            if (placed.isEmpty() || random.nextInt(OTHER) > 0) {
                place(words, material.words(), StreamEvent.Kind.WORD, first);
            } else if (unknown.size() > 0 && !(material.hasReversed() && random.nextBoolean())) {
                place(unknown, material.unknown(), StreamEvent.Kind.UNKNOWN_WORD, first);
            } else {
                place(backwards, material.words(), StreamEvent.Kind.REVERSED_WORD, first);
            }
        }
    }

    private long gap(SplittableRandom random) {
        return Math.round(rateHz * random.nextDouble(LEAST_GAP_SECONDS, MOST_GAP_SECONDS));
    }

    /** Puts the next clip that has sound in it there. */
    private void place(Deck deck, int[] clips, StreamEvent.Kind kind, long first) {
        for (int tries = 0; tries < deck.size(); tries++) {
            int which = clips[deck.next()];
            load(which, kind);
            if (Level.rms(clip, 0, clip.length) > 0) {
                SpokenPart part = SpokenPart.of(clip, rateHz);
                placed.add(new Placed(
                        which,
                        first,
                        new StreamEvent(
                                kind,
                                store.clip(which).word(),
                                (first + part.from()) / (double) rateHz,
                                (first + part.to()) / (double) rateHz)));
                return;
            }
        }
        throw new IllegalArgumentException(
                deck.size() == 0 ? "no clip of the model's words" : "no clip of the model's words has sound in it");
    }

    /** Reads a clip, turns it around if it is to be, fades it and brings it to its level; nothing is left of a silent one. */
    private void load(int which, StreamEvent.Kind kind) {
        store.read(which, clip, 0);
        if (kind == StreamEvent.Kind.REVERSED_WORD) {
            for (int i = 0; i < clip.length / 2; i++) {
                float sample = clip[i];
                clip[i] = clip[clip.length - 1 - i];
                clip[clip.length - 1 - i] = sample;
            }
        }
        int fade = Math.min((int) (FADE_SECONDS * rateHz), clip.length / 2);
        for (int i = 0; i < fade; i++) {
            float gain = (i + 0.5f) / fade;
            clip[i] *= gain;
            clip[clip.length - 1 - i] *= gain;
        }
        double rms = Level.rms(clip, 0, clip.length);
        float gain = rms < Level.FLOOR ? 0 : (float) (LEVEL / rms);
        for (int i = 0; i < clip.length; i++) {
            clip[i] *= gain;
        }
    }

    /** What is said, in order of time; no two at once. */
    public List<StreamEvent> events() {
        return placed.stream().map(Placed::event).toList();
    }

    /** Its sample rate: the store's. */
    public int sampleRateHz() {
        return rateHz;
    }

    /** Its length. */
    public double seconds() {
        return samples / (double) rateHz;
    }

    /**
     * Reads the samples that follow.
     *
     * @return how many there were: {@code length}, fewer at the end, then 0
     * @throws IndexOutOfBoundsException if the array has no room for them
     */
    public int read(float[] into, int offset, int length) {
        int some = (int) Math.min(length, samples - at);
        background.read(into, offset, some);
        while (next < placed.size() && placed.get(next).first() < at + some) {
            Placed event = placed.get(next);
            if (loaded != next) {
                load(event.clip(), event.event().kind());
                loaded = next;
            }
            long from = Math.max(at, event.first());
            long to = Math.min(at + some, event.first() + clip.length);
            for (long t = from; t < to; t++) {
                into[offset + (int) (t - at)] += clip[(int) (t - event.first())];
            }
            if (event.first() + clip.length > at + some) {
                break;
            }
            next++;
        }
        at += some;
        return some;
    }
}

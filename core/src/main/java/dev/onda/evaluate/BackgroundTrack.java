package dev.onda.evaluate;

import dev.onda.augment.Level;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Background without an end and of one level: stretches of recordings, all recordings in turn in a random order, each from
 * somewhere in its first half to its end, brought to the level and faded into the next at equal power. Without a recording that
 * has sound: white noise.
 */
final class BackgroundTrack {

    private static final double FADE_SECONDS = 0.05;
    /** A fade is at most a quarter of a stretch. */
    private static final int QUARTER = 4;

    private static final int SHORTEST = 16;

    private final List<float[]> recordings;
    private final double rms;
    private final int fadeSamples;
    private final SplittableRandom random;
    private final Deck deck;

    private Stretch now = Stretch.NONE;
    private Stretch then = Stretch.NONE;
    private int fade;

    /** What is heard of a recording, and how far it has been heard. */
    private static final class Stretch {
        static final Stretch NONE = new Stretch(new float[0], 0, 0);

        private final float[] recording;
        private final float gain;
        private int at;

        Stretch(float[] recording, int from, double rms) {
            this.recording = recording;
            this.at = from;
            int length = recording.length - from;
            this.gain = length == 0 ? 0 : (float) (rms / Level.rms(recording, from, length));
        }

        int left() {
            return recording.length - at;
        }

        float next() {
            return gain * recording[at++];
        }
    }

    /**
     * @param rms level of all of it
     */
    BackgroundTrack(List<float[]> recordings, int sampleRateHz, double rms, SplittableRandom random) {
        this.recordings = recordings.stream()
                .filter(r -> r.length >= SHORTEST && hasSound(r, 0))
                .toList();
        this.rms = rms;
        this.random = random;
        fadeSamples = (int) (FADE_SECONDS * sampleRateHz);
        deck = new Deck(this.recordings.size(), random.split());
        if (!this.recordings.isEmpty()) {
            then = stretch();
            turn();
        }
    }

    private static boolean hasSound(float[] recording, int from) {
        return Level.rms(recording, from, recording.length - from) >= Level.FLOOR;
    }

    private Stretch stretch() {
        float[] recording = recordings.get(deck.next());
        int from = random.nextInt(recording.length / 2);
        return new Stretch(recording, hasSound(recording, from) ? from : 0, rms);
    }

    private void turn() {
        now = then;
        then = stretch();
        fade = Math.min(fadeSamples, Math.min(now.left(), then.left()) / QUARTER);
    }

    /** Writes the samples that follow. */
    void read(float[] into, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            into[i] = recordings.isEmpty() ? (float) (rms * random.nextGaussian()) : next();
        }
    }

    private float next() {
        float sample;
        if (now.left() > fade) {
            sample = now.next();
        } else {
            double angle = Math.PI / 2 * (fade - now.left() + 0.5) / fade;
            sample = (float) (StrictMath.cos(angle) * now.next() + StrictMath.sin(angle) * then.next());
        }
        if (now.left() == 0) {
            turn();
        }
        return sample;
    }
}

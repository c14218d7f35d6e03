package dev.onda.evaluate;

import dev.onda.audio.SoundSource;
import dev.onda.audio.Wave;
import dev.onda.recognize.Detection;
import dev.onda.recognize.StreamModel;
import dev.onda.recognize.StreamRecognizer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/**
 * Finds what a model wrongly accepts in a recording that holds none of its words: each detection with the sound that the
 * model's window held then, to be learned from as no word (hard negatives: Sung and Poggio 1998, "Example-based learning for
 * view-based human face detection", section 3).
 */
public final class Harvest {

    private static final int PIECE = 1_024;
    /** Windows of sound that are kept: what the resampler and a piece hold back is far less than one. */
    private static final int KEPT_WINDOWS = 2;

    /**
     * One of them.
     *
     * @param detection the word that was heard, its score and its time
     * @param clip the window at the recording's rate; shorter if the recording had just begun
     */
    public record Find(Detection detection, Wave clip) {}

    /** Takes what is found. */
    @FunctionalInterface
    public interface Basket {
        /** Returns whether more is wanted. */
        boolean take(Find find) throws IOException;
    }

    private final SoundSource source;
    private final float[] kept;
    private final int windowSamples;
    private final List<Detection> detections = new ArrayList<>();
    private long samples;

    private Harvest(SoundSource source, double windowSeconds) {
        this.source = source;
        windowSamples = (int) Math.ceil(windowSeconds * source.sampleRateHz());
        kept = new float[KEPT_WINDOWS * windowSamples + PIECE];
    }

    /**
     * Listens to the end, or until no more is wanted, in memory that does not grow.
     *
     * @param done is told how many seconds were heard
     * @return seconds that were heard
     * @throws IOException if the source cannot be read on, or the basket cannot take it
     * @throws IllegalArgumentException if the source's rate is more than 256 times the model's, or less than 1/256 of it
     */
    public static double of(StreamModel model, SoundSource source, Basket basket, DoubleConsumer done)
            throws IOException {
        double window = model.model().input().windowSamples()
                / (double) model.model().input().sampleRateHz();
        return new Harvest(source, window).listen(model, basket, done);
    }

    private double listen(StreamModel model, Basket basket, DoubleConsumer done) throws IOException {
        StreamRecognizer stream = model.open(source.sampleRateHz(), 1, detections::add);
        float[] piece = new float[PIECE];
        boolean isMoreWanted = true;
        for (int some = source.read(piece, 0, PIECE);
                isMoreWanted && some != SoundSource.END;
                some = isMoreWanted ? source.read(piece, 0, PIECE) : SoundSource.END) {
            for (int i = 0; i < some; i++) {
                kept[(int) ((samples + i) % kept.length)] = piece[i];
            }
            samples += some;
            stream.push(piece, 0, some);
            isMoreWanted = handOver(basket);
            done.accept(seconds());
        }
        if (isMoreWanted) {
            stream.finish();
            handOver(basket);
        }
        return seconds();
    }

    private double seconds() {
        return samples / (double) source.sampleRateHz();
    }

    private boolean handOver(Basket basket) throws IOException {
        boolean isMoreWanted = true;
        for (int i = 0; i < detections.size() && isMoreWanted; i++) {
            isMoreWanted = basket.take(
                    new Find(detections.get(i), clip(detections.get(i).time())));
        }
        detections.clear();
        return isMoreWanted;
    }

    /** The window that ends at a time. */
    private Wave clip(double time) {
        long end = Math.min(samples, Math.round(time * source.sampleRateHz()));
        long from = Math.max(Math.max(0, end - windowSamples), samples - kept.length);
        float[] clip = new float[(int) (end - from)];
        for (int i = 0; i < clip.length; i++) {
            clip[i] = kept[(int) ((from + i) % kept.length)];
        }
        return new Wave(clip, source.sampleRateHz());
    }
}

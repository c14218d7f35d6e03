package dev.onda.report;

import dev.onda.audio.Wave;
import dev.onda.corpus.ClipStore;
import dev.onda.corpus.LeftOut;
import dev.onda.corpus.StoredClip;
import dev.onda.evaluate.Examination;
import dev.onda.evaluate.Judgement;
import dev.onda.evaluate.Robustness;
import dev.onda.model.Model;
import dev.onda.train.Epoch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that {@link ReportPage} tells of a model.
 *
 * @param name of it
 * @param model itself
 * @param bytes of its file
 * @param epochs of its training; empty if its history is not there
 * @param partition whose clips judged it
 * @param leftOut what a list has kept out of them; nothing if there was no list
 * @param examination by them
 * @param sounds of the clips
 */
public record ModelReport(
        String name,
        Model model,
        long bytes,
        List<Epoch> epochs,
        String partition,
        Optional<LeftOut> leftOut,
        Examination examination,
        Sounds sounds) {

    /** Copies the list. */
    public ModelReport {
        epochs = List.copyOf(epochs);
    }

    Judgement judgement() {
        return examination.judgement();
    }

    Robustness robustness() {
        return examination.robustness();
    }

    double latencyMs() {
        return examination.latencyMs();
    }

    /** Clips to listen to, as the network hears them. */
    public static final class Sounds {

        private final ClipStore store;
        private final Map<String, Integer> places = new HashMap<>();

        /**
         * @param store to stay open as long as this is used
         */
        public Sounds(ClipStore store) {
            this.store = store;
            for (int i = 0; i < store.size(); i++) {
                places.put(store.clip(i).path(), i);
            }
        }

        Wave of(StoredClip clip) {
            float[] samples = new float[store.format().windowSamples()];
            store.read(places.getOrDefault(clip.path(), 0), samples, 0);
            return new Wave(samples, store.format().sampleRateHz());
        }
    }
}

package dev.onda.train;

import dev.onda.corpus.CorpusException;
import dev.onda.evaluate.Interval;
import java.util.Locale;
import java.util.Optional;

/** Whether a training's accuracy will mean something: it is measured on the validation clips, and a few of them tell little. */
public final class Judging {

    /** Fewer leave an interval of 95 % that is wider than 25 points. */
    private static final int FEW = 50;

    private static final String ADVICE =
            "add clips of more speakers, or teach the words to a model that there is, from 5 to 20 clips of each";

    private Judging() {}

    /**
     * Looks at a training before the long work.
     *
     * @throws CorpusException if nothing could judge it
     */
    public static void refuseWithoutClips(int validationClips) throws CorpusException {
        if (validationClips == 0) {
            throw new CorpusException(
                    "no clip in the validation partition, so nothing could choose the best epoch; " + ADVICE);
        }
    }

    /**
     * What to say of a training whose accuracy says next to nothing, since there are so few validation clips; nothing where it does
     * say something.
     */
    public static Optional<String> caution(int validationClips) {
        if (validationClips >= FEW) {
            return Optional.empty();
        }
        int hits = validationClips / 2;
        Interval half = Interval.wilson(hits, validationClips);
        return Optional.of(String.format(
                Locale.ROOT,
                "only %d clip%s this training, so its accuracy says next to nothing (%.0f %% could as well be %.0f or %.0f %%); %s",
                validationClips,
                validationClips == 1 ? " judges" : "s judge",
                100.0 * hits / validationClips,
                100 * half.low(),
                100 * half.high(),
                ADVICE));
    }
}

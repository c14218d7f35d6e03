package dev.onda.studio;

import dev.onda.audio.Wave;
import dev.onda.corpus.ClipMeasures;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A recording as clients see it: its waveform, and what is wrong with it, by the measures of {@code onda audit}. Background is
 * quiet and has no ends that a word could be cut off at.
 */
record Recording(String word, String clip, Wave wave) {

    /** Columns of a drawn waveform. */
    private static final int COLUMNS = 120;
    /** A few samples at full scale are no harm. */
    private static final int CLIPPED_SAMPLES = 8;

    /**
     * @throws IllegalArgumentException if it is too short to be measured
     */
    ObjectNode json() {
        Faults faults = faults();
        ObjectNode node = Answer.object()
                .put("clip", clip)
                .put("seconds", wave.seconds())
                .put("isQuiet", faults.isQuiet())
                .put("isClipped", faults.isClipped())
                .put("isCutAtStart", faults.isCutAtStart())
                .put("isCutAtEnd", faults.isCutAtEnd());
        node.set("peaks", peaks(wave.samples()));
        return node;
    }

    /**
     * Whether something is wrong with it.
     *
     * @throws IllegalArgumentException if it is too short to be measured
     */
    boolean isDoubtful() {
        Faults faults = faults();
        return faults.isQuiet() || faults.isClipped() || faults.isCutAtStart() || faults.isCutAtEnd();
    }

    private record Faults(boolean isQuiet, boolean isClipped, boolean isCutAtStart, boolean isCutAtEnd) {}

    private Faults faults() {
        ClipMeasures measures = ClipMeasures.of(wave);
        boolean isSpeech = !word.equals(Words.BACKGROUND);
        return new Faults(
                isSpeech && measures.isNearSilent(),
                measures.fullScale() > CLIPPED_SAMPLES,
                isSpeech && measures.isCutAtStart(),
                isSpeech && measures.isCutAtEnd());
    }

    private static ArrayNode peaks(float[] samples) {
        ArrayNode peaks = Answer.array();
        for (int column = 0; column < COLUMNS; column++) {
            int from = (int) ((long) column * samples.length / COLUMNS);
            int to = (int) ((column + 1L) * samples.length / COLUMNS);
            double peak = 0;
            for (int i = from; i < to; i++) {
                peak = Math.max(peak, Math.abs(samples[i]));
            }
            peaks.add(Math.round(peak * 1_000) / 1_000.0);
        }
        return peaks;
    }
}

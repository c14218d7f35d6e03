package dev.onda.evaluate;

import dev.onda.corpus.StoredClip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How well each voice is understood. Clips whose names tell no speaker do not count, nor does silence.
 *
 * @param speakers by accuracy, the weakest first; of equals the one with more clips, then by name
 */
public record Speakers(List<Speaker> speakers) {

    private static final Comparator<Speaker> WEAKEST_FIRST = Comparator.comparingDouble(Speaker::accuracy)
            .thenComparing(Comparator.comparingInt(Speaker::clips).reversed())
            .thenComparing(Speaker::name);

    /**
     * One voice's figures.
     *
     * @param clips at least 1
     * @param right how many were recognised
     */
    public record Speaker(String name, int clips, int right) {

        /** Share of the clips that were recognised. */
        public double accuracy() {
            return right / (double) clips;
        }

        /** The accuracy's 95 % interval. */
        public Interval interval() {
            return Interval.wilson(right, clips);
        }
    }

    /** Sorts the speakers. */
    public Speakers {
        speakers = speakers.stream().sorted(WEAKEST_FIRST).toList();
    }

    /** Counts a judgement's clips by speaker. */
    public static Speakers of(Judgement judgement) {
        Map<String, int[]> counts = new TreeMap<>();
        for (int clip = 0; clip < judgement.size(); clip++) {
            String name = judgement.source(clip).map(StoredClip::speaker).orElse("");
            if (!name.isEmpty()) {
                int[] count = counts.computeIfAbsent(name, _ -> new int[2]);
                count[0]++;
                count[1] += judgement.heard(clip) == judgement.label(clip) ? 1 : 0;
            }
        }
        List<Speaker> speakers = new ArrayList<>();
        counts.forEach((name, count) -> speakers.add(new Speaker(name, count[0], count[1])));
        return new Speakers(speakers);
    }

    /** How many speakers. */
    public int size() {
        return speakers.size();
    }

    /** Half of the speakers are understood no better. */
    public double median() {
        return accuracy(0.5);
    }

    /** A tenth of the speakers is understood no better. */
    public double tenthPercentile() {
        return accuracy(0.1);
    }

    /** Between the two nearest speakers, linearly (type 7 of Hyndman and Fan 1996); 0 without speakers. */
    private double accuracy(double quantile) {
        if (speakers.isEmpty()) {
            return 0;
        }
        double place = quantile * (size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, size() - 1);
        double low = speakers.get(below).accuracy();
        return low + (place - below) * (speakers.get(above).accuracy() - low);
    }
}

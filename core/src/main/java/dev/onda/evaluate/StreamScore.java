package dev.onda.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How well words were detected in a stream. Counted as TensorFlow's {@code test_streaming_accuracy} does (Warden 2018, "Speech
 * Commands", section 7.3): in order of time, each detection is matched to a word that is not matched yet and within whose reach
 * it lies, from the word's start to {@value #TOLERANCE_SECONDS} s after its end; it is right or wrong. What can be matched to
 * none is a false accept, so a word detected twice is one, too. Where TensorFlow allows 1.5 s to both sides of one time, we are
 * narrower; where two words are within reach, a detection goes to the one that it names, else to the earlier.
 *
 * @param hours length of the stream
 * @param words said in it
 * @param right words that were detected as themselves
 * @param wrong words that were detected as others
 * @param falseAccepts detections that are matched to no word
 * @param inOtherSpeech those of them that were made within reach of other speech
 * @param inBackground those of them that were made where nobody had spoken; the rest were made where a word had been matched
 * @param delaysMs from a word's end to its detection, for those that are right, ascending; negative where it was detected
 *     before it ended; not copied
 */
public record StreamScore(
        double hours,
        int words,
        int right,
        int wrong,
        int falseAccepts,
        int inOtherSpeech,
        int inBackground,
        double[] delaysMs) {

    /** So long after a word's end its detection counts. */
    public static final double TOLERANCE_SECONDS = 0.75;

    /**
     * Counts.
     *
     * @param events in order of time, no two at once
     * @param heard in order of time
     * @param hours length of the stream
     */
    public static StreamScore of(List<StreamEvent> events, List<Heard> heard, double hours) {
        boolean[] matched = new boolean[events.size()];
        Map<Place, Integer> falseAccepts = new EnumMap<>(Place.class);
        List<Double> delays = new ArrayList<>();
        int wrong = 0;
        int first = 0;
        for (Heard detection : heard) {
            while (first < matched.length && events.get(first).end() + TOLERANCE_SECONDS < detection.time()) {
                first++;
            }
            int match = match(events, matched, first, detection);
            if (match < 0) {
                falseAccepts.merge(place(events, first, detection.time()), 1, Integer::sum);
                continue;
            }
            matched[match] = true;
            StreamEvent event = events.get(match);
            if (event.word().equals(detection.word())) {
                delays.add(1_000 * (detection.time() - event.end()));
            } else {
                wrong++;
            }
        }
        return new StreamScore(
                hours,
                (int) events.stream().filter(StreamScore::isWord).count(),
                delays.size(),
                wrong,
                falseAccepts.values().stream().mapToInt(i -> i).sum(),
                falseAccepts.getOrDefault(Place.OTHER_SPEECH, 0),
                falseAccepts.getOrDefault(Place.BACKGROUND, 0),
                delays.stream().mapToDouble(d -> d).sorted().toArray());
    }

    /** Where a false accept was made. */
    private enum Place {
        BACKGROUND,
        WORD,
        OTHER_SPEECH
    }

    /**
     * The number of the word that a detection is matched to, or -1.
     *
     * @param first event that is not out of reach yet
     */
    private static int match(List<StreamEvent> events, boolean[] matched, int first, Heard detection) {
        int match = -1;
        for (int i = first; i < matched.length && events.get(i).start() <= detection.time(); i++) {
            if (matched[i] || !isWord(events.get(i))) {
                continue;
            }
            if (events.get(i).word().equals(detection.word())) {
                return i;
            }
            match = match < 0 ? i : match;
        }
        return match;
    }

    private static Place place(List<StreamEvent> events, int first, double time) {
        Place place = Place.BACKGROUND;
        for (int i = first; i < events.size() && events.get(i).start() <= time; i++) {
            if (!isWord(events.get(i))) {
                return Place.OTHER_SPEECH;
            }
            place = Place.WORD;
        }
        return place;
    }

    private static boolean isWord(StreamEvent event) {
        return event.kind() == StreamEvent.Kind.WORD;
    }

    /** Words that nothing was detected for. */
    public int missed() {
        return words - right - wrong;
    }

    /** Share of the words that were detected as themselves; 0 without words. */
    public double matchedRate() {
        return share(right);
    }

    /** Its 95 % interval. */
    public Interval interval() {
        return Interval.wilson(right, words);
    }

    /** Share of the words that were detected as others. */
    public double wrongRate() {
        return share(wrong);
    }

    /** Share of the words that nothing was detected for. */
    public double missedRate() {
        return share(missed());
    }

    private double share(int some) {
        return words == 0 ? 0 : some / (double) words;
    }

    public double falseAcceptsPerHour() {
        return falseAccepts / hours;
    }

    /**
     * The delay that so many of the words detected as themselves do not exceed, by nearest rank; nothing if there is none.
     *
     * @param share above 0, at most 1: 0.5 for the median
     */
    public OptionalDouble delayMs(double share) {
        return delaysMs.length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(delaysMs[Math.max(0, (int) Math.ceil(share * delaysMs.length) - 1)]);
    }
}

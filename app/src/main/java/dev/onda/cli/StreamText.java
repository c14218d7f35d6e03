package dev.onda.cli;

import dev.onda.evaluate.StreamEvent;
import dev.onda.evaluate.StreamHearing;
import dev.onda.evaluate.StreamMaterial;
import dev.onda.evaluate.TestStreamPlan;
import dev.onda.evaluate.StreamScore;
import dev.onda.model.Model;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a model heard in a test stream, for people and for programs. */
record StreamText(
        Model model,
        TestStreamPlan plan,
        List<StreamEvent> events,
        StreamMaterial material,
        StreamHearing hearing,
        StreamScore score) {

    private static final double MEDIAN = 0.5;
    private static final double NEARLY_ALL = 0.95;

    /** A few lines: the stream, then what was heard in it. */
    String lines(String partition) {
        StringBuilder text = new StringBuilder();
        line(
                text,
                "stream: %s minutes of %s: %,d words, %s; %s at %s dB SNR; seed %d",
                number(plan.minutes()),
                partition,
                score.words(),
                otherSpeech(),
                background(),
                number(plan.snrDb()),
                plan.seed());
        line(
                text,
                "right: %,d of %,d words at threshold %.4f: %s",
                score.right(),
                score.words(),
                model.stream().threshold(),
                Figures.accuracy(score.matchedRate(), score.interval()));
        line(
                text,
                "taken for another word: %,d (%.1f %%); missed: %,d (%.1f %%)",
                score.wrong(),
                100 * score.wrongRate(),
                score.missed(),
                100 * score.missedRate());
        line(
                text,
                "false accepts: %,d, %.1f an hour; %,d in other speech, %,d in background alone",
                score.falseAccepts(),
                score.falseAcceptsPerHour(),
                score.inOtherSpeech(),
                score.inBackground());
        line(
                text,
                "delay after a word's end: median %s, 95th percentile %s",
                ms(score.delayMs(MEDIAN)),
                ms(score.delayMs(NEARLY_ALL)));
        line(text, "one thread: %.4f s of work for a second of sound", hearing.realTimeFactor());
        return text.toString();
    }

    private static void line(StringBuilder text, String format, Object... args) {
        text.append(String.format(Locale.ROOT, format, args)).append(System.lineSeparator());
    }

    private String otherSpeech() {
        long unknown = count(StreamEvent.Kind.UNKNOWN_WORD);
        long reversed = count(StreamEvent.Kind.REVERSED_WORD);
        String text = String.format(Locale.ROOT, "%,d words that the model does not know", unknown);
        return material.hasReversed()
                ? text + String.format(Locale.ROOT, ", %,d words backwards in place of more of them", reversed)
                : text;
    }

    private String background() {
        int recordings = material.background().size();
        return recordings == 0
                ? "white noise (there are no background recordings)"
                : recordings + " background recordings";
    }

    private long count(StreamEvent.Kind kind) {
        return events.stream().filter(e -> e.kind() == kind).count();
    }

    private static String ms(OptionalDouble delay) {
        return delay.isEmpty() ? "n/a" : String.format(Locale.ROOT, "%.0f ms", delay.getAsDouble());
    }

    /** A number as one would type it. */
    private static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** One object. */
    String json() {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("minutes", plan.minutes())
                .put("snrDb", plan.snrDb())
                .put("seed", plan.seed())
                .put("threshold", model.stream().threshold())
                .put("words", score.words())
                .put("unknownWords", count(StreamEvent.Kind.UNKNOWN_WORD))
                .put("reversedWords", count(StreamEvent.Kind.REVERSED_WORD))
                .put("backgroundRecordings", material.background().size())
                .put("right", score.right())
                .put("wrong", score.wrong())
                .put("missed", score.missed())
                .put("matchedRate", score.matchedRate());
        root.putArray("interval")
                .add(score.interval().low())
                .add(score.interval().high());
        root.put("wrongRate", score.wrongRate())
                .put("missedRate", score.missedRate())
                .put("falseAccepts", score.falseAccepts())
                .put("falseAcceptsPerHour", score.falseAcceptsPerHour())
                .put("falseAcceptsInOtherSpeech", score.inOtherSpeech())
                .put("falseAcceptsInBackground", score.inBackground());
        put(root, "delayMsMedian", score.delayMs(MEDIAN));
        put(root, "delayMsP95", score.delayMs(NEARLY_ALL));
        root.put("realTimeFactor", hearing.realTimeFactor());
        return root.toString();
    }

    private static void put(ObjectNode node, String key, OptionalDouble value) {
        if (value.isEmpty()) {
            node.putNull(key);
        } else {
            node.put(key, value.getAsDouble());
        }
    }
}

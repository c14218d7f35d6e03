package dev.onda.cli;

import dev.onda.evaluate.StreamCurve;
import dev.onda.evaluate.StreamEvent;
import dev.onda.evaluate.StreamHearing;
import dev.onda.evaluate.StreamLoad;
import dev.onda.evaluate.StreamMaterial;
import dev.onda.evaluate.StreamScore;
import dev.onda.evaluate.TestStreamPlan;
import dev.onda.report.Counted;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a model heard in a test stream, for people and for programs. */
record StreamText(
        TestStreamPlan plan,
        Part part,
        List<StreamEvent> events,
        StreamMaterial material,
        StreamHearing hearing,
        StreamCurve.Point now,
        StreamCurve curve) {

    static final double MEDIAN = 0.5;
    static final double NEARLY_ALL = 0.95;
    private static final List<String> RATES = List.of("0.1", "0.5", "1", "5", "10");

    /** A line: what the stream is made of. */
    String stream() {
        String speech = "other speech: " + Counted.of(count(StreamEvent.Kind.UNKNOWN_WORD), "time")
                + " words that the model does not know";
        if (material.hasReversed()) {
            speech += " (too few), " + Counted.of(count(StreamEvent.Kind.REVERSED_WORD), "time") + " its own backwards";
        }
        int recordings = material.background().size();
        return String.format(
                Locale.ROOT,
                "stream: %s of %s, seed %d: %s; %s; %s at %s dB SNR%n",
                minutes(plan.minutes()),
                part,
                plan.seed(),
                Counted.of(now.score().words(), "word"),
                speech,
                recordings == 0
                        ? "white noise (there are no background recordings)"
                        : Counted.of(recordings, "background recording"),
                number(plan.snrDb()));
    }

    /** Four lines: what was heard with a threshold. */
    static String heard(StreamCurve.Point point) {
        StreamScore score = point.score();
        return String.format(
                        Locale.ROOT,
                        "right: %,d of %,d words at threshold %.4f: %s%n",
                        score.right(),
                        score.words(),
                        point.threshold(),
                        Figures.accuracy(score.matchedRate(), score.interval()))
                + String.format(
                        Locale.ROOT,
                        "taken for another word: %,d (%.1f %%); missed: %,d (%.1f %%)%n",
                        score.wrong(),
                        100 * score.wrongRate(),
                        score.missed(),
                        100 * score.missedRate())
                + String.format(
                        Locale.ROOT,
                        "false accepts: %,d, %.1f an hour; %,d in other speech, %,d in background alone%n",
                        score.falseAccepts(),
                        score.falseAcceptsPerHour(),
                        score.inOtherSpeech(),
                        score.inBackground())
                + String.format(
                        Locale.ROOT,
                        "delay after a word's end: median %s, 95th percentile %s%n",
                        ms(score.delayMs(MEDIAN)),
                        ms(score.delayMs(NEARLY_ALL)));
    }

    /** Words not heard as what they are, for some rates of false accepts. */
    String misses() {
        StringBuilder text = new StringBuilder("not heard as what they are, at so many false accepts an hour:");
        for (String rate : RATES) {
            Optional<StreamCurve.Point> point = curve.at(Double.parseDouble(rate));
            text.append(rate.equals(RATES.getFirst()) ? " " : ", ").append(rate).append(": ");
            text.append(point.map(p ->
                            String.format(Locale.ROOT, "%.1f %% (threshold %.4f)", 100 * p.misses(), p.threshold()))
                    .orElse("n/a"));
        }
        return text + shortest() + System.lineSeparator();
    }

    private String shortest() {
        return curve.shows(Double.parseDouble(RATES.getFirst()))
                ? ""
                : String.format(
                        Locale.ROOT, "; no less than %.2f shows in %s", 1 / curve.hours(), minutes(plan.minutes()));
    }

    /** What it costs. */
    String cost(long bytesPerStream) {
        return String.format(
                Locale.ROOT,
                "one thread: %.4f s of work for a second of sound; %,d KiB a stream%n",
                hearing.realTimeFactor(),
                Math.ceilDiv(bytesPerStream, 1_024));
    }

    static String load(StreamLoad load) {
        String late = load.late() == 0
                ? "none late"
                : String.format(Locale.ROOT, "%,d late (%.2f %%)", load.late(), 100.0 * load.late() / load.chunks());
        return String.format(
                Locale.ROOT,
                "%s in real time for %s s on %s: %,d chunks, %s, the slowest after %.0f ms%n",
                Counted.of(load.streams(), "stream"),
                number(load.seconds()),
                Counted.of(load.threads(), "thread"),
                load.chunks(),
                late,
                load.worstMs());
    }

    private long count(StreamEvent.Kind kind) {
        return events.stream().filter(e -> e.kind() == kind).count();
    }

    private static String ms(OptionalDouble delay) {
        return delay.isEmpty() ? "n/a" : String.format(Locale.ROOT, "%.0f ms", delay.getAsDouble());
    }

    /** Such as {@code "1 minute"} and {@code "0.5 minutes"}. */
    static String minutes(double minutes) {
        return number(minutes) + (minutes == 1 ? " minute" : " minutes");
    }

    /** A number as one would type it. */
    static String number(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** One object. */
    String json(long bytesPerStream, Optional<StreamLoad> load) {
        StreamScore score = now.score();
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("minutes", plan.minutes())
                .put("snrDb", plan.snrDb())
                .put("seed", plan.seed())
                .put("partition", part.toString())
                .put("threshold", now.threshold())
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
        ObjectNode misses = root.putObject("missRateAt");
        for (String rate : RATES) {
            Optional<StreamCurve.Point> point = curve.at(Double.parseDouble(rate));
            put(
                    misses,
                    rate,
                    point.isEmpty()
                            ? OptionalDouble.empty()
                            : OptionalDouble.of(point.get().misses()));
        }
        root.put("realTimeFactor", hearing.realTimeFactor()).put("memoryPerStreamBytes", bytesPerStream);
        load.ifPresent(l -> root.putObject("streams")
                .put("streams", l.streams())
                .put("threads", l.threads())
                .put("seconds", l.seconds())
                .put("chunks", l.chunks())
                .put("late", l.late())
                .put("worstLatenessMs", l.worstMs()));
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

package dev.onda.cli;

import dev.onda.recognize.Detection;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** A detection as a line. Seconds have three digits after the point. */
final class DetectionText {

    private DetectionText() {}

    /** Time, word and score, separated by tabs. */
    static String line(Detection heard) {
        return String.format(Locale.ROOT, "%.3f\t%s\t%.3f", heard.time(), heard.word(), heard.score());
    }

    /** One JSON object: word, score, start, end, time, delay. */
    static String json(Detection heard) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("word", heard.word())
                .put("score", heard.score())
                .put("start", seconds(heard.start()))
                .put("end", seconds(heard.end()))
                .put("time", seconds(heard.time()))
                .put("delay", seconds(heard.delay()))
                .toString();
    }

    private static double seconds(double exact) {
        return Math.round(exact * 1_000) / 1_000.0;
    }
}

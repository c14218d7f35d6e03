package dev.onda.cli;

import dev.onda.evaluate.StreamCurve;
import dev.onda.evaluate.StreamScore;
import dev.onda.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalDouble;

/** A {@link StreamCurve} as CSV: a line a threshold. */
final class StreamCurveFile {

    private static final String HEADER = "threshold,words,right,wrong,missed,false_accepts,false_accepts_per_hour,"
            + "false_accepts_in_other_speech,delay_ms_median,delay_ms_p95\n";

    private StreamCurveFile() {}

    static void write(Path file, StreamCurve curve) throws IOException {
        StringBuilder text = new StringBuilder(HEADER);
        for (StreamCurve.Point point : curve.points()) {
            StreamScore score = point.score();
            text.append(String.format(
                    Locale.ROOT,
                    "%.4f,%d,%d,%d,%d,%d,%.4f,%d,%s,%s\n",
                    point.threshold(),
                    score.words(),
                    score.right(),
                    score.wrong(),
                    score.missed(),
                    score.falseAccepts(),
                    score.falseAcceptsPerHour(),
                    score.inOtherSpeech(),
                    ms(score.delayMs(StreamText.MEDIAN)),
                    ms(score.delayMs(StreamText.NEARLY_ALL))));
        }
        AtomicFile.write(file, text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String ms(OptionalDouble delay) {
        return delay.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", delay.getAsDouble());
    }
}

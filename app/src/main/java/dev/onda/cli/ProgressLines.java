package dev.onda.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Progress for logs: a line at most every ten seconds, and one when the work ends. */
final class ProgressLines implements Progress {
    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final Task task;
    private final PrintStream to;
    private final InstantSource clock;
    private final Instant start;
    private Instant lastLine;
    private long done;
    private String message = "";
    private boolean closed;

    ProgressLines(Task task, PrintStream to, InstantSource clock) {
        this.task = task;
        this.to = to;
        this.clock = clock;
        start = clock.instant();
        lastLine = start;
        done = task.before();
    }

    @Override
    public synchronized void advance(long steps) {
        reach(done + steps);
    }

    @Override
    public synchronized void reach(long steps) {
        done = steps;
        Instant now = clock.instant();
        if (Duration.between(lastLine, now).compareTo(PAUSE) >= 0) {
            lastLine = now;
            to.println(line(now));
        }
    }

    @Override
    public synchronized void message(String text) {
        message = text;
    }

    @Override
    public synchronized void say(String line) {
        to.println(line);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            to.println(line(clock.instant()));
        }
    }

    /** Such as "training: 128/512 clips (25 %), 12.8 clips/s, 0:30 left, epoch 1". */
    private String line(Instant now) {
        double seconds = Math.max(1e-3, Duration.between(start, now).toNanos() * 1e-9);
        double rate = Math.max(0, done - task.before()) / seconds;
        StringBuilder line = new StringBuilder(task.name()).append(": ").append(units(done));
        if (task.total() > 0) {
            line.append('/').append(units(task.total()));
        }
        line.append(' ').append(task.unit().name());
        if (task.total() > 0) {
            line.append(" (").append(100 * done / task.total()).append(" %)");
        }
        line.append(String.format(
                Locale.ROOT,
                ", %.1f %s/s",
                rate / task.unit().steps(),
                task.unit().name()));
        if (closed) {
            line.append(", took ").append(minutes(seconds));
        } else if (rate > 0 && task.total() > done) {
            line.append(", ").append(minutes((task.total() - done) / rate)).append(" left");
        }
        return message.isEmpty() ? line.toString() : line + ", " + message;
    }

    private long units(long steps) {
        return steps / task.unit().steps();
    }

    private static String minutes(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}

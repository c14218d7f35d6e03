package dev.onda.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar that is redrawn in place, twice a second. */
final class ProgressBarDisplay implements Progress {
    private static final int REDRAW_MS = 500;

    /** Back to the first column, and what stands there wiped out. */
    private static final String WIPE = "\r\u001b[K";

    private final ProgressBar bar;
    private final PrintStream to;

    ProgressBarDisplay(Task task, PrintStream to) {
        this.to = to;
        ProgressBarBuilder builder = new ProgressBarBuilder()
                .setTaskName(task.name())
                .setInitialMax(task.total() == 0 ? -1 : task.total())
                .setUnit(" " + task.unit().name(), task.unit().steps())
                .startsFrom(task.before(), Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(REDRAW_MS)
                .setConsumer(new ConsoleProgressBarConsumer(to))
                .setSpeedUnit(ChronoUnit.SECONDS)
                .showSpeed();
        bar = builder.build();
    }

    @Override
    public void advance(long steps) {
        bar.stepBy(steps);
    }

    @Override
    public void reach(long steps) {
        bar.stepTo(steps);
    }

    @Override
    public void message(String text) {
        bar.setExtraMessage(" " + text);
    }

    @Override
    public void say(String line) {
        to.println(WIPE + line);
        bar.refresh();
    }

    @Override
    public void close() {
        bar.close();
    }
}

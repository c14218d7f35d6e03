package dev.onda.cli;

import java.io.PrintStream;
import java.time.InstantSource;

/**
 * Shows on standard error how far a {@link Task} is: on a terminal a bar with rate, time left and a message, elsewhere a
 * plain line every ten seconds and one at the end. Any thread may report. Closing ends the display.
 *
 * {@snippet :
 * try (Progress progress = Progress.of(new Task("training", clips, Task.Unit.CLIPS))) {
 *     progress.message("epoch 3, loss 0.42, accuracy 87.1 %");
 *     progress.advance(batch);
 * }
 * }
 */
public sealed interface Progress extends AutoCloseable permits ProgressBarDisplay, ProgressLines {

    /** A display that suits this process's standard error. */
    static Progress of(Task task) {
        return Terminal.isStandardError()
                ? new ProgressBarDisplay(task, System.err)
                : lines(task, System.err, InstantSource.system());
    }

    /** Plain lines to the stream, with time from the clock. */
    static Progress lines(Task task, PrintStream to, InstantSource clock) {
        return new ProgressLines(task, to, clock);
    }

    /** So many steps more are done. */
    void advance(long steps);

    /** So many steps are done altogether; may fall, when work starts anew. */
    void reach(long steps);

    /** What to say beside the figures from now on, such as epoch, loss and accuracy; one line. */
    void message(String text);

    /** Says a line that stays, above the bar where there is one. */
    void say(String line);

    @Override
    void close();
}

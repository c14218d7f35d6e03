package dev.onda.cli;

import dev.onda.audio.SoundSource;
import dev.onda.recognize.Detection;
import dev.onda.recognize.Listening;
import dev.onda.recognize.StreamModel;
import dev.onda.report.Counted;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Prints what is heard until the sound is over or the user has heard enough, and says at the end how much it was.
 *
 * @param out for the words, flushed after each
 * @param err for everything else
 * @param text of a word
 * @param template of a program that is run for each word
 */
record ListenRun(
        PrintWriter out, PrintWriter err, Function<Detection, String> text, Optional<CommandTemplate> template) {

    /** How long programs may go on when the sound is over. */
    static final int PATIENCE_SECONDS = 5;

    /** Why listening ended. */
    enum End {
        /** The sound was over. */
        OVER,
        /** There was none. */
        EMPTY,
        /** The user had heard enough, or nobody read what was heard. */
        STOPPED
    }

    /**
     * Listens to a source and closes it.
     *
     * @throws IOException if the source cannot be read to its end
     */
    End listen(SoundSource source, StreamModel model) throws IOException {
        AtomicInteger words = new AtomicInteger();
        try (Interruption interruption = new Interruption();
                ProgramRunner programs = new ProgramRunner(err, Duration.ofSeconds(PATIENCE_SECONDS))) {
            Consumer<Detection> listener = heard -> {
                words.incrementAndGet();
                print(heard, source);
                template.ifPresent(t -> programs.run(t.fill(heard)));
                if (out.checkError()) {
                    interruption.now();
                }
            };
            Listening listening = start(source, model, listener);
            try (listening) {
                listening.join();
                return listening.seconds() == 0 ? End.EMPTY : End.OVER;
            } catch (InterruptedException e) {
                return End.STOPPED;
            } finally {
                sayHowMuch(listening, words.get());
            }
        }
    }

    private static Listening start(SoundSource source, StreamModel model, Consumer<Detection> listener)
            throws IOException {
        try {
            return Listening.to(source, model, listener);
        } catch (IllegalArgumentException e) {
            throw new UserError("a sample rate of " + source.sampleRateHz() + " Hz: " + e.getMessage(), e);
        }
    }

    private void print(Detection heard, SoundSource source) {
        Runnable line = () -> {
            out.println(text.apply(heard));
            out.flush();
        };
        if (source instanceof LevelMeter meter) {
            meter.above(line);
        } else {
            line.run();
        }
    }

    private void sayHowMuch(Listening listening, int words) {
        String lost = listening.lostSeconds() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; %.1f s of sound more were lost, for this machine was too slow",
                        listening.lostSeconds());
        err.println(String.format(
                Locale.ROOT,
                "listened to %.1f s of sound: %s%s",
                listening.seconds(),
                Counted.of(words, "word"),
                lost));
        err.flush();
    }
}

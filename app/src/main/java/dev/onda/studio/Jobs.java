package dev.onda.studio;

import dev.onda.train.TrainingStopped;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The long work: one at a time, on a thread of its own, since each takes all processors. Its progress is told as events
 * {@code job}: {@code kind}, {@code name}, {@code state} (running, done, stopped, failed), {@code done} of {@code total}, {@code text},
 * {@code secondsLeft} while that can be told, and of a training {@code training}, how far it is in its epoch.
 */
final class Jobs {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final long BETWEEN_TELLINGS_NS = 100_000_000;

    private final Events events;
    private final UnaryOperator<String> hide;
    private Optional<Job> current = Optional.empty();
    private boolean isClosed;

    /**
     * @param hide takes this machine's paths out of a message
     */
    Jobs(Events events, UnaryOperator<String> hide) {
        this.events = events;
        this.hide = hide;
    }

    /** What a job does. */
    @FunctionalInterface
    interface Work {
        void run(Job job) throws Exception;
    }

    private enum State {
        RUNNING,
        DONE,
        STOPPED,
        FAILED
    }

    /** Work under way, or the last one that was. */
    final class Job {

        private final String kind;
        private final String name;
        private volatile State state = State.RUNNING;
        private volatile String text = "";
        private volatile long done;
        private volatile long total;
        private volatile Optional<ObjectNode> training = Optional.empty();
        private volatile boolean isStopping;
        private volatile Runnable stopper = () -> {};
        private volatile OptionalDouble secondsLeft = OptionalDouble.empty();
        private volatile long told;
        private final Pace pace = new Pace();
        private final Thread thread;

        private Job(String kind, String name, Work work) {
            this.kind = kind;
            this.name = name;
            thread = Thread.ofPlatform().daemon().name("onda-" + kind).unstarted(() -> run(work));
        }

        /** Says how far it is; pages hear of it now and then. */
        void reach(long doneNow, long totalNow, String textNow) {
            done = doneNow;
            total = totalNow;
            text = textNow;
            long now = System.nanoTime();
            secondsLeft = pace.secondsLeft(doneNow, totalNow, now);
            if (now - told > BETWEEN_TELLINGS_NS) {
                tell();
            }
        }

        /** The same of a training, with how far it is in its epoch; of where it begins pages always hear. */
        void reach(long doneNow, long totalNow, String textNow, ObjectNode trainingNow) {
            boolean begins = training.isEmpty();
            training = Optional.of(trainingNow);
            reach(doneNow, totalNow, textNow);
            if (begins) {
                tell();
            }
        }

        /** What is to be done when it is to stop; at once if it is already. */
        synchronized void whenStopped(Runnable action) {
            stopper = action;
            if (isStopping) {
                action.run();
            }
        }

        private synchronized void stop() {
            isStopping = true;
            stopper.run();
            tell();
        }

        /** How it ends when it is asked to. */
        private String ending() {
            return kind.equals(Runs.KIND) ? "stopping after the step under way, with a checkpoint" : "stopping";
        }

        boolean isRunning() {
            return state == State.RUNNING;
        }

        boolean is(String otherKind, String otherName) {
            return kind.equals(otherKind) && name.equalsIgnoreCase(otherName);
        }

        private void run(Work work) {
            try {
                work.run(this);
                state = State.DONE;
            } catch (TrainingStopped | InterruptedIOException e) {
                state = State.STOPPED;
                text = String.valueOf(e.getMessage());
            } catch (Exception e) {
                // An interruption comes as many kinds of exception.
                state = isStopping ? State.STOPPED : State.FAILED;
                text = isStopping ? "stopped" : complaint(e);
            } catch (Error e) {
                state = State.FAILED;
                text = e instanceof OutOfMemoryError ? "not enough memory" : "a defect in Onda";
                LOG.error("{} {}", kind, name, e);
            }
            tell();
        }

        private String complaint(Exception e) {
            if (e instanceof Refusal || e instanceof IOException || e instanceof IllegalArgumentException) {
                return hide.apply(String.valueOf(e.getMessage()));
            }
            LOG.error("{} {}", kind, name, e);
            return "a defect in Onda; the terminal says more";
        }

        private void tell() {
            told = System.nanoTime();
            events.tell("job", json());
        }

        private ObjectNode json() {
            ObjectNode node = Answer.object()
                    .put("kind", kind)
                    .put("name", name)
                    .put("state", state.name().toLowerCase(Locale.ROOT))
                    .put("done", done)
                    .put("total", total)
                    .put("text", isRunning() && isStopping ? ending() : text);
            if (isRunning() && !isStopping) {
                secondsLeft.ifPresent(seconds -> node.put("secondsLeft", Math.round(seconds)));
            }
            training.ifPresent(far -> node.set("training", far));
            return node;
        }
    }

    /**
     * Starts work.
     *
     * @throws Refusal if other work is under way
     */
    void start(String kind, String name, Work work) {
        Job job = new Job(kind, name, work);
        synchronized (this) {
            if (isClosed) {
                throw ending();
            }
            if (current.filter(Job::isRunning).isPresent()) {
                throw Refusal.conflict("other work is under way; wait for it, or stop it");
            }
            current = Optional.of(job);
            job.thread.start();
        }
        job.tell();
    }

    /** What is told to those who ask for something while the studio ends. */
    static Refusal ending() {
        return new Refusal(
                HttpStatus.SERVICE_UNAVAILABLE,
                "the studio is stopping and takes no more work; start it again, then repeat this");
    }

    private synchronized Optional<Job> current() {
        return current;
    }

    /**
     * Asks work to stop.
     *
     * @throws Refusal if it is not under way
     */
    void stop(String kind, String name) {
        Job job = current()
                .filter(j -> j.isRunning() && j.is(kind, name))
                .orElseThrow(() -> Refusal.conflict("this is not under way"));
        job.stop();
    }

    boolean isRunning(String kind, String name) {
        return current().filter(j -> j.isRunning() && j.is(kind, name)).isPresent();
    }

    /** The work under way or the last one, as its events tell it; an empty object if there was none. */
    ObjectNode last() {
        return current().map(Job::json).orElseGet(Answer::object);
    }

    /**
     * Takes no more work, and asks what is under way to stop.
     *
     * @return what that waits for, nothing where nothing is under way
     */
    Optional<String> end() {
        synchronized (this) {
            isClosed = true;
        }
        Optional<Job> last = current().filter(Job::isRunning);
        last.ifPresent(Job::stop);
        return last.map(job -> job.kind + " " + job.name + " is " + job.ending());
    }

    synchronized boolean isEnding() {
        return isClosed;
    }

    /** Ends, and waits a while for what is under way. */
    void close(long patienceMs) {
        end();
        current().filter(Job::isRunning).ifPresent(job -> {
            try {
                job.thread.join(patienceMs);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}

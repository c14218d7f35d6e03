package dev.onda.recognize;

import dev.onda.audio.Resampler;
import dev.onda.model.InputFormat;
import dev.onda.model.Model;
import dev.onda.model.StreamSettings;
import dev.onda.nn.kernel.Kernels;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * A model that listens to any number of streams at once. The parameters are there once; the memory that a network works in is
 * there as often as windows are judged at the same time, at most once a processor. Safe between threads, virtual ones too.
 */
public final class StreamModel {

    private final Model model;
    private final Kernels kernels;
    private final int hopSamples;
    /** Those that were made and have nothing to do. */
    private final Queue<WindowJudge> idle;
    /** Fair: a stream that waits is not overtaken, so that none is late while others are not. */
    private final Semaphore free;

    /** The model as it listens, see {@link Model#stream}. */
    public StreamModel(Model model) {
        this(model, Runtime.getRuntime().availableProcessors());
    }

    /**
     * The model, judging so many windows at once.
     *
     * @param judges at least 1; a stream whose window has to be judged when all are busy waits
     * @throws IllegalArgumentException if there is no judge
     */
    public StreamModel(Model model, int judges) {
        this(model, judges, Kernels.best());
    }

    StreamModel(Model model, int judges, Kernels kernels) {
        if (judges < 1) {
            throw new IllegalArgumentException("at least 1 window at once is judged, not " + judges);
        }
        this.model = model;
        this.kernels = kernels;
        this.hopSamples =
                Math.max(1, Math.round(model.stream().hopMs() * model.input().sampleRateHz() / 1_000f));
        this.idle = new ArrayBlockingQueue<>(judges);
        this.free = new Semaphore(judges, true);
    }

    /**
     * A new stream. It is for one thread at a time, which calls the listener.
     *
     * @param sampleRateHz of the samples that will come, from 1/256 to 256 times the model's
     * @param channels of them, at least 1; the average of all is heard
     * @param listener told of each word when it is detected, in their order
     * @throws IllegalArgumentException if rate or channels are out of range
     */
    public StreamRecognizer open(int sampleRateHz, int channels, Consumer<Detection> listener) {
        return new StreamRecognizer(this, Resampler.of(sampleRateHz, input().sampleRateHz()), channels, listener);
    }

    /** The model at work. */
    public Model model() {
        return model;
    }

    InputFormat input() {
        return model.input();
    }

    List<String> words() {
        return model.words();
    }

    StreamSettings settings() {
        return model.stream();
    }

    int hopSamples() {
        return hopSamples;
    }

    /** Takes a judge, which is to be given {@link #back}; waits for one where all are busy. */
    WindowJudge take() {
        free.acquireUninterruptibly();
        WindowJudge judge = idle.poll();
        if (judge != null) {
            return judge;
        }
        boolean isMade = false;
        try {
            judge = new WindowJudge(model, hopSamples, kernels);
            isMade = true;
            return judge;
        } finally {
            if (!isMade) {
                free.release();
            }
        }
    }

    void back(WindowJudge judge) {
        idle.add(judge);
        free.release();
    }
}

package dev.onda.bench;

import dev.onda.nn.kernel.PeakLoop;
import dev.onda.nn.kernel.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Measures the processor, then the networks, one after the other. */
public final class Benchmark {

    /** About a fifth of a millisecond. */
    private static final int PEAK_ROUNDS = 100_000;

    /** Tasks a thread, so that one which starts late does not hold up the others. */
    private static final int PEAK_TASKS = 8;

    private final BenchSettings settings;
    private final Rate rate;

    /**
     * @param nanoTime a clock like {@link System#nanoTime}
     */
    public Benchmark(BenchSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.rate = new Rate(settings.seconds(), settings.patienceSeconds(), nanoTime);
    }

    /**
     * Measures everything.
     *
     * @param begins is told what is measured next, {@link BenchSettings#measurements} times
     * @throws OutOfMemoryError if a batch of a network does not fit into memory
     */
    public BenchReport run(Consumer<String> begins) {
        try (Workers one = new Workers(1);
                Workers all = new Workers(settings.threads())) {
            List<Peak> peaks = new ArrayList<>();
            for (int threads : settings.peaks()) {
                begins.accept("the processor, threads: " + threads);
                peaks.add(peak(threads == 1 ? one : all));
            }
            List<BenchRow> rows = new ArrayList<>();
            for (BenchSettings.Job job : settings.jobs()) {
                begins.accept(job.network().name() + " " + job.work().label());
                Peak peak = job.threads() == 1 ? peaks.getFirst() : peaks.getLast();
                rows.add(row(job, job.threads() == 1 ? one : all, peak));
            }
            return new BenchReport(peaks, rows);
        }
    }

    private Peak peak(Workers workers) {
        int tasks = PEAK_TASKS * workers.threads();
        float[] results = new float[tasks];
        double loops = rate.of(() -> workers.run(tasks, (task, worker) -> results[task] = PeakLoop.run(PEAK_ROUNDS)));
        double operations = (double) tasks * PEAK_ROUNDS * PeakLoop.operationsPerRound();
        return new Peak(workers.threads(), loops * operations);
    }

    private BenchRow row(BenchSettings.Job job, Workers workers, Peak peak) {
        Workload workload = new Workload(job.network(), job.work(), job.batch(), workers);
        double clips = rate.of(workload) * job.batch();
        double share = clips * workload.operationsPerClip() / peak.operationsPerSecond();
        return new BenchRow(job.network().name(), job.work(), job.batch(), job.threads(), clips, share);
    }
}

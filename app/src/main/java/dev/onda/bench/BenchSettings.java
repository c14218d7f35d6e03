package dev.onda.bench;

import dev.onda.model.Architecture;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * What to measure, and for how long.
 *
 * @param networks at least one; a second mention of one does not count
 * @param batch clips a training step, 1 to 1,024
 * @param threads 1 to 256
 * @param seconds that each measurement lasts, its warm-up not counted, above 0 and at most 60
 */
public record BenchSettings(List<Architecture> networks, int batch, int threads, double seconds) {

    /** Where no time is given, each measurement lasts so long ... */
    private static final double USUAL_SECONDS = 0.5;

    /** ... unless all of them, slow starts not counted, would then take longer than this. */
    private static final double MOST_SECONDS = 12;

    /** Most that slow starts may cost in all; less where a quick look is asked for. */
    private static final double PATIENCE_SECONDS = 16;

    /**
     * @throws IllegalArgumentException if a number is out of range or no network is given; the message says which
     */
    public BenchSettings {
        networks = List.copyOf(new LinkedHashSet<>(networks));
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("at least 1 network is measured, not 0");
        }
        if (batch < 1 || batch > 1_024) {
            throw new IllegalArgumentException("a batch holds 1 to 1,024 clips here, not " + batch);
        }
        if (threads < 1 || threads > 256) {
            throw new IllegalArgumentException("1 to 256 threads can be measured, not " + threads);
        }
        if (!(seconds > 0 && seconds <= 60)) {
            throw new IllegalArgumentException(
                    "a measurement lasts more than 0 and at most 60 seconds, not " + seconds);
        }
    }

    /** Half a second for each measurement, or less where there are so many that one would have to wait. */
    public static BenchSettings of(List<Architecture> networks, int batch, int threads) {
        BenchSettings usual = new BenchSettings(networks, batch, threads, USUAL_SECONDS);
        double scale = Math.min(1, MOST_SECONDS / usual.calmSecondsAtMost());
        return new BenchSettings(networks, batch, threads, scale * USUAL_SECONDS);
    }

    /** How long all of it takes at most, unless a single batch takes longer than its measurement should. */
    public double secondsAtMost() {
        return calmSecondsAtMost() + patienceSeconds();
    }

    private double calmSecondsAtMost() {
        return measurements() * (seconds + Rate.calmSeconds(seconds));
    }

    /** How much longer slow starts may take. */
    double patienceSeconds() {
        return PATIENCE_SECONDS * Math.min(1, seconds * networks.size());
    }

    /** How many rates are measured, those of the processor included. */
    public int measurements() {
        return jobs().size() + peaks().size();
    }

    /** One row that is still to be measured. */
    record Job(Architecture network, Work work, int batch, int threads) {}

    /** Training; one clip on one thread; many clips on all threads, unless that is the same. */
    List<Job> jobs() {
        LinkedHashSet<Job> jobs = new LinkedHashSet<>();
        for (Architecture network : networks) {
            jobs.add(new Job(network, Work.TRAIN, batch, threads));
            jobs.add(new Job(network, Work.RECOGNIZE, 1, 1));
            jobs.add(new Job(network, Work.RECOGNIZE, batch, threads));
        }
        return List.copyOf(jobs);
    }

    /** The numbers of threads that the peak is needed for. */
    List<Integer> peaks() {
        return threads == 1 ? List.of(1) : List.of(1, threads);
    }
}

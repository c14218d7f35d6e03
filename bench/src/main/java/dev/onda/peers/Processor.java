package dev.onda.peers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The processor's time: who has it, and when this process has given it back.
 *
 * <p>The threads of native libraries look for work for a while before they sleep. Left to themselves they would look on
 * into the other side's turn. Told to sleep at once (OMP_WAIT_POLICY=passive) libtorch alone takes up to a quarter longer for a
 * training step of m5, which would flatter Onda. So each turn waits until the whole process has come to rest.
 */
final class Processor {

    private static final Duration LOOK = Duration.ofMillis(10);
    /** A thread that spins would use all of it. */
    private static final double AT_REST = 0.1;

    private static final long PATIENCE_NANOS = 3_000_000_000L;

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final int cores = Runtime.getRuntime().availableProcessors();
    private long wallNanos = System.nanoTime();
    private long ownNanos = system.getProcessCpuTime();

    Processor() {
        // The first answer is for the time since the machine started.
        system.getCpuLoad();
    }

    /**
     * Returns once this process's threads sleep.
     *
     * @throws IllegalStateException if they do not within seconds
     */
    void awaitRest() {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end) {
            long own = system.getProcessCpuTime();
            long start = System.nanoTime();
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted between two turns", e);
            }
            if (system.getProcessCpuTime() - own < AT_REST * (System.nanoTime() - start)) {
                return;
            }
        }
        throw new IllegalStateException("threads of this process do not come to rest between two turns");
    }

    /** The share of the processor that other processes had since this was last asked, 0 to 1. */
    double othersSinceLast() {
        double all = system.getCpuLoad();
        long wall = System.nanoTime();
        long own = system.getProcessCpuTime();
        double share = (double) (own - ownNanos) / ((wall - wallNanos) * cores);
        wallNanos = wall;
        ownNanos = own;
        return Math.clamp(all - share, 0, 1);
    }
}

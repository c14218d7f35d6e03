package dev.onda.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The limit only ends a test that hangs. */
@Timeout(60)
final class WorkersTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void everyTaskRunsOnce(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThat(workers.threads()).isEqualTo(threads);
            for (int count : new int[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 15, 16, 17, 31, 33, 100, 1021}) {
                AtomicIntegerArray ran = new AtomicIntegerArray(count);
                AtomicInteger strangers = new AtomicInteger();
                workers.run(count, (index, worker) -> {
                    ran.incrementAndGet(index);
                    if (worker < 0 || worker >= threads) {
                        strangers.incrementAndGet();
                    }
                });
                for (int i = 0; i < count; i++) {
                    assertThat(ran.get(i)).as("task %s of %s", i, count).isEqualTo(1);
                }
                assertThat(strangers).as("workers out of range").hasValue(0);
            }
        }
    }

    /** Plain writes, as kernels write: all are seen when the loop has returned. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void thousandsOfShortLoopsLoseNothing(int threads) {
        int[] sums = new int[threads + 2];
        int loops = 5_000;
        try (Workers workers = new Workers(threads)) {
            for (int loop = 0; loop < loops; loop++) {
                workers.run(sums.length, (index, worker) -> sums[index] += index + 1);
            }
        }
        for (int i = 0; i < sums.length; i++) {
            assertThat(sums[i]).as("sum " + i).isEqualTo(loops * (i + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void noTwoTasksRunUnderOneWorkersNumberAtOnce(int threads) {
        AtomicIntegerArray busy = new AtomicIntegerArray(threads);
        AtomicInteger clashes = new AtomicInteger();
        try (Workers workers = new Workers(threads)) {
            for (int loop = 0; loop < 500; loop++) {
                workers.run(9, (index, worker) -> {
                    if (busy.incrementAndGet(worker) != 1) {
                        clashes.incrementAndGet();
                    }
                    busy.decrementAndGet(worker);
                });
            }
        }
        assertThat(clashes).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void aFailureReachesTheCallerAndTheNextLoopWorks(int threads) {
        try (Workers workers = new Workers(threads)) {
            for (int count : new int[] {1, 2, 20}) {
                for (int bad : new int[] {0, count / 2, count - 1}) {
                    assertThatIllegalStateException()
                            .as("task %s of %s", bad, count)
                            .isThrownBy(() -> workers.run(count, (index, worker) -> {
                                if (index == bad) {
                                    throw new ArithmeticException("task " + index);
                                }
                            }))
                            .withMessageContaining("task " + bad)
                            .withCauseInstanceOf(ArithmeticException.class);
                    AtomicInteger ran = new AtomicInteger();
                    workers.run(count, (index, worker) -> ran.incrementAndGet());
                    assertThat(ran).hasValue(count);
                }
            }
        }
    }

    @Test
    void errorsReachTheCallerToo() {
        try (Workers workers = new Workers(3)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> workers.run(7, (index, worker) -> {
                        throw new AssertionError("broken");
                    }))
                    .withMessage("a worker failed: java.lang.AssertionError: broken")
                    .withCauseInstanceOf(AssertionError.class);
        }
    }

    @Test
    void closingEndsTheThreads() throws InterruptedException {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        Workers workers = new Workers(4);
        for (int loop = 0; loop < 2_000 && seen.size() < 2; loop++) {
            workers.run(64, (index, worker) -> seen.add(Thread.currentThread()));
        }
        workers.close();
        seen.remove(Thread.currentThread());
        for (Thread thread : seen) {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).startsWith("onda-worker-");
            assertThat(thread.join(Duration.ofSeconds(30)))
                    .as(thread + " has ended")
                    .isTrue();
        }
        workers.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void refusesToRunOnceClosed(int threads) {
        Workers workers = new Workers(threads);
        workers.close();
        for (int count : new int[] {0, 1, 5}) {
            assertThatIllegalStateException()
                    .as(threads + " threads, " + count + " tasks")
                    .isThrownBy(() -> workers.run(count, (index, worker) -> {}))
                    .withMessage("these workers are closed");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void refusesALoopWithinALoop(int threads) {
        try (Workers workers = new Workers(threads)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> workers.run(4, (index, worker) -> workers.run(4, (i, w) -> {})))
                    .withMessageContaining("these workers are in the middle of a loop");
            AtomicInteger ran = new AtomicInteger();
            workers.run(4, (index, worker) -> ran.incrementAndGet());
            assertThat(ran).hasValue(4);
        }
    }

    /** An interrupt is the caller's affair: it neither ends a loop early nor gets lost. */
    @Test
    void anInterruptedCallerStillWaitsForAllTasks() {
        int[] ran = new int[50];
        try (Workers workers = new Workers(3)) {
            Thread.currentThread().interrupt();
            for (int loop = 0; loop < 50; loop++) {
                workers.run(ran.length, (index, worker) -> ran[index]++);
            }
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(ran).containsOnly(50);
    }

    @Test
    void refusesToHaveNoThread() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Workers(0))
                .withMessage("at least 1 thread is needed, not 0");
    }
}

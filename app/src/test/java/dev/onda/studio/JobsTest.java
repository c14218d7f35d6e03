package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Long work that ends: what is said meanwhile. */
class JobsTest {

    private static final long PATIENCE_MS = 60_000;

    private final Jobs jobs = new Jobs(new Events(Limits.defaults()), UnaryOperator.identity());
    private final CountDownLatch isBegun = new CountDownLatch(1);
    private final CountDownLatch isAsked = new CountDownLatch(1);
    private final CountDownLatch isDone = new CountDownLatch(1);

    private void work(Jobs.Job job) throws InterruptedException {
        job.whenStopped(isAsked::countDown);
        job.reach(1, 3, "learning");
        isBegun.countDown();
        isDone.await();
        job.reach(2, 3, "learning");
        throw new IllegalStateException("given up");
    }

    @Test
    void saysWhatItsEndWaitsForAndTakesNoMoreWork() throws Exception {
        jobs.start(Runs.KIND, "long", this::work);
        isBegun.await();
        assertThat(jobs.last().path("text").asString()).isEqualTo("learning");
        assertThat(jobs.end()).contains("train long is stopping after the step under way, with a checkpoint");
        isAsked.await();
        assertThat(jobs.last().path("state").asString()).isEqualTo("running");
        assertThat(jobs.last().path("text").asString())
                .isEqualTo("stopping after the step under way, with a checkpoint");
        assertThatThrownBy(() -> jobs.start("explore", "other", job -> {}))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("the studio is stopping and takes no more work");
        isDone.countDown();
        jobs.close(PATIENCE_MS);
        assertThat(jobs.last().path("state").asString()).isEqualTo("stopped");
        assertThat(jobs.end()).as("nothing is waited for any more").isEmpty();
    }

    @Test
    void saysThatItStopsAsSoonAsItIsAsked() throws Exception {
        jobs.start("explore", "page", this::work);
        isBegun.await();
        jobs.stop("explore", "page");
        assertThat(jobs.last().path("text").asString()).isEqualTo("stopping");
        isDone.countDown();
        jobs.close(PATIENCE_MS);
        assertThat(jobs.last().path("text").asString()).isEqualTo("stopped");
    }
}

package dev.onda.recognize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listening in the background: what is heard, what is lost, how it ends. No test sleeps. */
@Timeout(60)
class ListeningTest {

    private static final int RATE_HZ = 8_000;

    private final StreamModel model = new StreamModel(RecognizerTest.model());

    /** A second of quiet, the words as half a second of a tone each with a second of quiet behind it. */
    private static float[] say(int rateHz, String... words) {
        float[] x = new float[rateHz + words.length * (rateHz * 3 / 2)];
        for (int i = 0; i < words.length; i++) {
            double hertz = words[i].equals("low") ? 300 : 3_000;
            float[] tone = RecognizerTest.tone(hertz, rateHz / 2, rateHz).samples();
            System.arraycopy(tone, 0, x, rateHz + i * (rateHz * 3 / 2), tone.length);
        }
        return x;
    }

    private static float[] silence(int seconds) {
        return new float[seconds * RATE_HZ];
    }

    @ParameterizedTest
    @ValueSource(ints = {RATE_HZ, 16_000, 44_100, 48_000})
    void hearsWhatTheRecognizerHearsAndEndsWithTheSound(int rateHz) throws Exception {
        float[] sound = say(rateHz, "low", "high", "low");
        List<Detection> direct = new ArrayList<>();
        StreamRecognizer recognizer = model.open(rateHz, 1, direct::add);
        recognizer.push(sound);
        recognizer.finish();

        List<Detection> heard = new CopyOnWriteArrayList<>();
        ScriptedSource source = new ScriptedSource(rateHz, false).sound(sound).over();
        try (Listening listening = Listening.to(source, model, heard::add)) {
            listening.join();
            assertThat(listening.isListening()).isFalse();
            assertThat(listening.lostSeconds()).isZero();
            assertThat(listening.seconds()).isEqualTo(sound.length / (double) rateHz);
        }
        assertThat(heard).isEqualTo(direct).extracting(Detection::word).containsExactly("low", "high", "low");
        assertThat(source.closed.getCount()).isZero();
    }

    @Test
    void aSlowListenerDoesNotKeepALiveSourceFromBeingRead() throws Exception {
        CountDownLatch isTold = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<Detection> heard = new CopyOnWriteArrayList<>();
        ScriptedSource source = new ScriptedSource(RATE_HZ, true).sound(say(RATE_HZ, "low"));
        try (Listening listening = Listening.to(source, model, detection -> {
            heard.add(detection);
            isTold.countDown();
            awaitNow(mayGoOn);
        })) {
            isTold.await();
            source.awaitAllRead();
            // A word that is lost, and after it more than the buffer holds, with a word that is not.
            source.sound(say(RATE_HZ, "high")).sound(silence(20)).sound(say(RATE_HZ, "low"));
            source.awaitAllRead();
            double lost = listening.lostSeconds();
            assertThat(lost).isGreaterThan(20);
            mayGoOn.countDown();
            source.over();
            listening.join();

            double all = 2.5 + 2.5 + 20 + 2.5;
            assertThat(listening.seconds() + listening.lostSeconds()).isEqualTo(all, within(1e-9));
            assertThat(listening.lostSeconds()).isEqualTo(lost);
            assertThat(heard).extracting(Detection::word).containsExactly("low", "low");
            assertThat(heard.getLast().start()).as("times count what was lost").isEqualTo(all - 1.5, within(0.03));
            assertThat(heard.getLast().delay()).isBetween(0.0, 0.6);
        }
    }

    @Test
    void aSourceThatIsNotLiveWaitsForTheListener() throws Exception {
        CountDownLatch isTold = new CountDownLatch(1);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<Detection> heard = new CopyOnWriteArrayList<>();
        ScriptedSource source = new ScriptedSource(RATE_HZ, false)
                .sound(say(RATE_HZ, "low"))
                .sound(silence(60))
                .sound(say(RATE_HZ, "high"))
                .over();
        try (Listening listening = Listening.to(source, model, detection -> {
            heard.add(detection);
            isTold.countDown();
            awaitNow(mayGoOn);
        })) {
            isTold.await();
            awaitWaiting(source.reader.get());
            mayGoOn.countDown();
            listening.join();
            assertThat(listening.lostSeconds()).isZero();
            assertThat(listening.seconds()).isEqualTo(65);
        }
        assertThat(heard).extracting(Detection::word).containsExactly("low", "high");
    }

    @Test
    void closingEndsBothThreadsAndTheSourceWhileItWaitsForSound() throws Exception {
        CompletableFuture<Thread> hearer = new CompletableFuture<>();
        ScriptedSource source = new ScriptedSource(RATE_HZ, true).sound(say(RATE_HZ, "low"));
        Listening listening = Listening.to(source, model, detection -> hearer.complete(Thread.currentThread()));
        assertThat(hearer.get().isVirtual()).isTrue();
        assertThat(source.reader.get().isDaemon()).isTrue();
        assertThat(source.reader.get().isVirtual()).isFalse();
        assertThat(listening.isListening()).isTrue();
        listening.close();
        assertThat(hearer.get().isAlive()).isFalse();
        assertThat(source.reader.get().isAlive()).isFalse();
        assertThat(source.closed.getCount()).isZero();
        assertThat(listening.isListening()).isFalse();
        listening.close();
        listening.join();
    }

    @Test
    void closingWaitsForTheListenerAndItIsNotCalledAgain() throws Exception {
        BlockingQueue<Detection> told = new LinkedBlockingQueue<>();
        CountDownLatch mayGoOn = new CountDownLatch(1);
        List<Detection> done = new CopyOnWriteArrayList<>();
        ScriptedSource source = new ScriptedSource(RATE_HZ, false)
                .sound(say(RATE_HZ, "low", "high", "low", "high"))
                .over();
        Listening listening = Listening.to(source, model, detection -> {
            told.add(detection);
            awaitNow(mayGoOn);
            done.add(detection);
        });
        told.take();
        CompletableFuture<Integer> doneAtClose = new CompletableFuture<>();
        Thread closer = Thread.ofPlatform().start(() -> {
            try {
                listening.close();
                doneAtClose.complete(done.size());
            } catch (IOException e) {
                doneAtClose.completeExceptionally(e);
            }
        });
        awaitWaiting(closer);
        mayGoOn.countDown();
        assertThat(doneAtClose.get()).isOne();
        assertThat(told).as("words after it").isEmpty();
    }

    @Test
    void aListenerMayClose() throws Exception {
        List<Detection> heard = new CopyOnWriteArrayList<>();
        CompletableFuture<Listening> self = new CompletableFuture<>();
        ScriptedSource source = new ScriptedSource(RATE_HZ, false)
                .sound(say(RATE_HZ, "low", "high", "low"))
                .over();
        try (Listening listening = Listening.to(source, model, detection -> {
            heard.add(detection);
            try {
                self.join().close();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        })) {
            self.complete(listening);
            listening.join();
        }
        assertThat(heard).extracting(Detection::word).containsExactly("low");
        assertThat(source.closed.getCount()).isZero();
    }

    @Test
    void aListenerThatThrowsEndsListeningAndJoinTells() throws Exception {
        ScriptedSource source = new ScriptedSource(RATE_HZ, true).sound(say(RATE_HZ, "low", "high"));
        List<Detection> heard = new CopyOnWriteArrayList<>();
        IllegalStateException thrown = new IllegalStateException("no lamp");
        assertThatThrownBy(() -> {
                    try (Listening listening = Listening.to(source, model, detection -> {
                        heard.add(detection);
                        throw thrown;
                    })) {
                        listening.join();
                    }
                })
                .isInstanceOf(CompletionException.class)
                .hasMessage("listening ended: java.lang.IllegalStateException: no lamp")
                .hasCause(thrown)
                .hasNoSuppressedExceptions();
        assertThat(heard).hasSize(1);
        assertThat(source.closed.getCount()).isZero();
        source.reader.get().join();
    }

    @Test
    void closeTellsWhatJoinHasNotTold() throws Exception {
        ScriptedSource source = new ScriptedSource(RATE_HZ, true).sound(say(RATE_HZ, "low"));
        Listening listening = Listening.to(source, model, detection -> {
            throw new IllegalStateException("no lamp");
        });
        source.closed.await();
        assertThatThrownBy(listening::close).hasRootCauseMessage("no lamp");
        listening.close();
    }

    @Test
    void whatCameBeforeASourceBrokeIsHeard() throws Exception {
        IOException broken = new IOException("unplugged");
        List<Detection> heard = new CopyOnWriteArrayList<>();
        ScriptedSource source =
                new ScriptedSource(RATE_HZ, true).sound(say(RATE_HZ, "low")).broken(broken);
        Listening listening = Listening.to(source, model, heard::add);
        assertThatThrownBy(listening::join).isSameAs(broken);
        listening.close();
        assertThat(heard).extracting(Detection::word).containsExactly("low");
    }

    @Test
    void aListenerCannotWaitForItsOwnEnd() throws Exception {
        CompletableFuture<Listening> self = new CompletableFuture<>();
        ScriptedSource source = new ScriptedSource(RATE_HZ, false).sound(say(RATE_HZ, "low"));
        Listening listening = Listening.to(source, model, detection -> {
            try {
                self.join().join();
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        self.complete(listening);
        assertThatThrownBy(listening::join)
                .hasRootCauseMessage("a listener cannot wait for the end of listening; close it instead");
    }

    @Test
    void anInterruptedJoinLeavesItListening() throws Exception {
        try (Listening listening = Listening.to(new ScriptedSource(RATE_HZ, true), model, detection -> {})) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(listening::join).isInstanceOf(InterruptedException.class);
            assertThat(listening.isListening()).isTrue();
            Thread.currentThread().interrupt();
        }
        assertThat(Thread.interrupted()).as("closing keeps the interrupt").isTrue();
    }

    @Test
    void aRateTheModelCannotBeGivenClosesTheSource() {
        ScriptedSource source = new ScriptedSource(1, true);
        assertThatIllegalArgumentException().isThrownBy(() -> Listening.to(source, model, detection -> {}));
        assertThat(source.closed.getCount()).isZero();
    }

    private static void awaitNow(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Until a thread that is about to wait does. */
    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
    }
}

package dev.onda.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RealTimeTest {

    private long now = 77;
    private final List<Duration> pauses = new ArrayList<>();

    private RealTime pcm(int samples) {
        PcmStream source = new PcmStream(new ByteArrayInputStream(new byte[2 * samples]), 1_000, 1);
        return new RealTime(source, () -> now, pause -> {
            pauses.add(pause);
            now += pause.toNanos();
        });
    }

    @Test
    void eachSampleComesWhenItsTimeHasCome() throws IOException {
        RealTime live = pcm(50);
        float[] samples = new float[20];
        assertThat(live.isLive()).isTrue();
        assertThat(live.sampleRateHz()).isEqualTo(1_000);
        assertThat(live.read(samples, 0, 20)).isEqualTo(20);
        now += 5_000_000;
        assertThat(live.read(samples, 0, 20)).isEqualTo(20);
        now += 500_000_000;
        assertThat(live.read(samples, 0, 20)).as("late already").isEqualTo(10);
        assertThat(live.read(samples, 0, 20)).isEqualTo(SoundSource.END);
        assertThat(pauses).containsExactly(Duration.ofMillis(20), Duration.ofMillis(15));
    }

    @Test
    void anInterruptEndsTheWait() {
        PcmStream source = new PcmStream(new ByteArrayInputStream(new byte[2_000]), 1_000, 1);
        RealTime live = new RealTime(source, () -> 0, pause -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> live.read(new float[9], 0, 9)).isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}

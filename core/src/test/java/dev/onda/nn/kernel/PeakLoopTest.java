package dev.onda.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class PeakLoopTest {

    /** After 0 rounds the twelve chains are at 0 to 11, after one at c / 2 + 1 / 2, after many at 1. */
    @Test
    void everyChainIsComputed() {
        for (int round = 0; round < 200; round++) {
            float expected = (float) (12 + (66 - 12) * Math.pow(0.5, Math.min(round, 60)));
            assertThat(PeakLoop.run(round)).as("%d rounds", round).isCloseTo(expected, within(1e-5f));
            assertThat(PeakLoop.scalar(round)).as("%d rounds, scalar", round).isCloseTo(expected, within(1e-5f));
        }
    }

    @Test
    void countsTwoOperationsForEachLaneOfEachChain() {
        assertThat(PeakLoop.operationsPerRound() % 24).isZero();
        assertThat(PeakLoop.operationsPerRound()).isBetween(24L, 24L * 64);
    }
}

package dev.onda.peers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class CoresTest {

    @Test
    void oneThreadHasOneCore() {
        try (Cores cores = new Cores(1)) {
            assertThat(cores.atWork()).isEqualTo(1);
            assertThat(cores.sum()).isPositive();
        }
    }

    @Test
    void twoThreadsHaveAtLeastAPartOfOne() {
        try (Cores cores = new Cores(2)) {
            assertThat(cores.atWork()).isPositive().isFinite();
            assertThat(cores.sum()).isPositive();
        }
    }
}

package dev.onda.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SpreadTest {

    @Test
    void takesTheMiddleOne() {
        assertThat(Spread.of(3, 1, 2)).isEqualTo(new Spread(2, 1, 3));
        assertThat(Spread.of(4, 1, 2, 3)).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(5)).isEqualTo(new Spread(5, 5, 5));
    }

    @Test
    void refusesNothing() {
        assertThatIllegalArgumentException().isThrownBy(Spread::of).withMessage("nothing was measured");
    }

    @Test
    void aRatioIsTakenPairByPair() {
        Result result = new Result(
                new Agreement(Difference.NONE, Optional.empty()),
                List.of(new Pair(10, 5, 2), new Pair(100, 10, 2), new Pair(12, 4, 2)),
                0);
        assertThat(result.ratio()).isEqualTo(new Spread(3, 2, 10));
        assertThat(result.peerMs().median()).isEqualTo(12);
        assertThat(result.ondaMs().median()).isEqualTo(5);
    }
}

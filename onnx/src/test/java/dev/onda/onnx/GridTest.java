package dev.onda.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GridTest {

    @Test
    void holdsZeroAndBothEnds() {
        Grid grid = Grid.of(-1, 3);
        float[] x = {-1, 0, 3, 99, -99, 0.001f};
        grid.round(x, x.length);
        float half = grid.scale() / 2;
        assertThat(x[0]).isCloseTo(-1, within(half));
        assertThat(x[1]).isZero();
        assertThat(x[2]).isCloseTo(3, within(half));
        assertThat(x[3]).isEqualTo(x[2]);
        assertThat(x[4]).isEqualTo(x[0]);
        assertThat(x[5]).isZero();
    }

    @Test
    void aSignalOfOneSignStartsAtZero() {
        assertThat(Grid.of(2, 5.1f)).isEqualTo(new Grid(0.02f, 0));
        assertThat(Grid.of(-5.1f, -2).zero()).isEqualTo(255);
        assertThat(Grid.of(0, 0).zero()).isZero();
    }

    @Test
    void whatIsOnItStays() {
        Grid grid = Grid.of(-0.7f, 1.9f);
        SplittableRandom random = new SplittableRandom(1);
        float[] x = new float[1_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = (float) random.nextDouble(-1, 2.5);
        }
        grid.round(x, x.length);
        float[] again = x.clone();
        grid.round(again, again.length);
        assertThat(again).containsExactly(x);
    }

    @Test
    void ofTwoAsNearItTakesTheEvenOne() {
        float[] x = {0.5f, 1.5f, 2.5f};
        new Grid(1, 0).round(x, x.length);
        assertThat(x).containsExactly(0, 2, 2);
    }

    @Test
    void aTallysGridLeavesOutOneInTenThousand() {
        float[] x = new float[100_000];
        for (int i = 0; i < x.length; i++) {
            x[i] = i < 10 ? 50 : i < 21 ? -50 : i % 2 == 0 ? 1 : -2;
        }
        Tally tally = new Tally();
        tally.add(x, x.length);
        Grid grid = tally.grid();
        float least = -grid.zero() * grid.scale();
        assertThat(least).as("eleven are too many to leave out").isBetween(-50.5f, -50f);
        assertThat(least + 255 * grid.scale()).as("ten are not").isCloseTo(1, within(grid.scale()));
    }

    @Test
    void aTallyOfNothingButZerosHasAGrid() {
        Tally tally = new Tally();
        tally.add(new float[10], 10);
        float[] x = {0};
        tally.grid().round(x, 1);
        assertThat(x).containsExactly(0);
    }
}

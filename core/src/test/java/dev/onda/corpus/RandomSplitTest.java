package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RandomSplitTest {

    private static List<String> names(int count) {
        return IntStream.range(0, count).mapToObj(i -> "take" + i + ".wav").toList();
    }

    /** How many clips training, validation and testing get. */
    private static int[] sizes(int clips) {
        Map<String, Partition> split = RandomSplit.of("yes", names(clips), 1);
        return Arrays.stream(Partition.values())
                .mapToInt(partition -> Collections.frequency(split.values(), partition))
                .toArray();
    }

    @Test
    void givesATenthToValidationAndATenthToTesting() {
        assertThat(sizes(100)).containsExactly(80, 10, 10);
        assertThat(sizes(37)).containsExactly(29, 4, 4);
        assertThat(sizes(5)).containsExactly(3, 1, 1);
    }

    @Test
    void keepsAtLeastOneClipForValidation() {
        assertThat(sizes(4)).containsExactly(3, 1, 0);
        assertThat(sizes(2)).containsExactly(1, 1, 0);
        assertThat(sizes(1)).containsExactly(1, 0, 0);
        assertThat(sizes(0)).containsExactly(0, 0, 0);
    }

    @Test
    void doesNotDependOnTheOrderOfNames() {
        List<String> names = names(50);
        assertThat(RandomSplit.of("yes", names.reversed(), 7)).isEqualTo(RandomSplit.of("yes", names, 7));
    }

    @Test
    void dependsOnSeedAndWord() {
        List<String> names = names(50);
        Map<String, Partition> split = RandomSplit.of("yes", names, 7);
        assertThat(RandomSplit.of("yes", names, 8)).isNotEqualTo(split);
        assertThat(RandomSplit.of("no", names, 7)).isNotEqualTo(split);
    }
}

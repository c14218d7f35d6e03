package dev.onda.cli;

import dev.onda.corpus.Partition;
import java.util.Locale;

/** Which clips are to judge a model. */
enum Part {
    TRAINING,
    VALIDATION,
    TESTING,
    ALL;

    boolean has(Partition partition) {
        return this == ALL || name().equals(partition.name());
    }

    /** Whose background belongs to it. */
    Partition background() {
        return this == ALL ? Partition.VALIDATION : Partition.valueOf(name());
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.onda.corpus;

import java.util.Locale;

/**
 * Something that is wrong, or may be, with a data set.
 *
 * @param kind what
 * @param path the clip, relative to the corpus's root, with forward slashes; empty where no one clip is meant
 * @param word whose clip it is; empty where no one word is meant
 * @param partition of the clip, or the one that is meant
 * @param figure how bad, in the kind's unit
 * @param detail one line for a person
 */
public record Finding(FindingKind kind, String path, String word, Partition partition, double figure, String detail) {

    /** The partition as tables have it, such as {@code training}. */
    public String partitionLabel() {
        return StoreTable.name(partition);
    }

    /** The figure as tables have it, with as many decimals as the kind's figures have. */
    public String figureText() {
        return String.format(Locale.ROOT, "%." + kind.decimals() + "f", figure);
    }

    /** Whether this is the worse of two findings of one kind. */
    public boolean isWorseThan(Finding other) {
        return kind.isWorseHigh() ? figure > other.figure : figure < other.figure;
    }
}

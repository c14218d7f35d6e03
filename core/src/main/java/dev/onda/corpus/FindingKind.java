package dev.onda.corpus;

import java.util.Locale;

/**
 * What can be wrong with a data set, the gravest first.
 *
 * <p>Levels are root mean squares over 20 ms, every 10 ms, the clip's mean taken away, in decibels below an amplitude of 1: a
 * sine of full scale has -3 dBFS. Shares below were measured on 1,800 original clips of Speech Commands v0.01 (100 of each of
 * 18 words); a test counts them anew.
 */
public enum FindingKind {
    /** No sound can be read from it. Figure: where in the file. */
    UNREADABLE("byte", 0, true),
    /** Below 50 ms. Figure: its length. */
    TOO_SHORT("s", 3, false),
    /** Above two seconds. Figure: its length. */
    TOO_LONG("s", 3, true),
    /**
     * Its file has the bytes (SHA-256) of a clip of another word, so one of them is wrong. All of them are found, as nobody knows
     * which. Figure: how many files have these bytes.
     */
    REPEATED_ACROSS_WORDS("files", 0, true),
    /**
     * Its file has the bytes of a clip of the same word in another partition. One of them is not found, so that leaving out those
     * that are mends it: one in testing, else in validation, as fewer are there. Figure: how many files have these bytes.
     */
    REPEATED_ACROSS_PARTITIONS("files", 0, true),
    /**
     * Its speaker's name and one that differs in nothing but case, blanks, signs or how accents are coded are in different
     * partitions: perhaps one voice. Clips in the partition with most of that voice's clips are not found, so that leaving out
     * those that are mends it. Figure: how many of the voice's clips are in other partitions than this one.
     */
    SPEAKER_ACROSS_PARTITIONS("clips", 0, true),
    /**
     * {@code validation_list.txt} and {@code testing_list.txt} beside the words put it into another partition than Onda, which
     * goes by the speaker's hash. Figure: how many clips of its speaker are so.
     */
    LISTED_ELSEWHERE("clips", 0, true),
    /** A partition has no usable clip of any word. Figure: 0. */
    EMPTY_PARTITION("clips", 0, false),
    /**
     * A word has fewer than 20 usable clips to learn from, or fewer than 10 in validation or testing, and other words have some
     * there. From 10 clips, 9 of them right, a word's accuracy is known to be 60 to 98 % (Wilson 1927, 95 %); from 5 to
     * 20 clips {@code onda teach} learns more than a training from nothing. Figure: how many.
     */
    FEW_CLIPS("clips", 0, false),
    /**
     * Its loudest 20 ms are below -40 dBFS: 2.6 %. Nearly the same clips peak below -30 dBFS (3.1 %), but no single click makes a
     * silent clip loud here. Figure: the level of these 20 ms, -120 dBFS at least.
     */
    NEAR_SILENT("dBFS", 1, false),
    /**
     * Its first 20 ms are less than 12 dB below its loudest 20 ms, and more than 10 dB above the level that a tenth of it stays
     * below, and it is not near silent: 2.6 %. Of 873 clips with quiet ends 863 were found when their first twentieth of energy was
     * cut off, and none as they were, nor with white noise at 20, 10 or 0 dB. Speech that never pauses is not found.
     * Figure: the first 20 ms relative to the loudest.
     */
    CUT_AT_START("dB", 1, true),
    /** Likewise its last 20 ms: 2.2 %. */
    CUT_AT_END("dB", 1, true),
    /**
     * One sample at least is at full scale, 32,767 of 32,768 or beyond: 4.6 %. (One alone may be no more than the peak of a clip
     * that was normalised; two at least: 3.8 %, ten at least: 2.4 %.) They need not be neighbours: compression and resampling,
     * as Speech Commands went through after it was recorded, leave no flat tops; three neighbours are in 0.5 %. Figure: how many
     * samples.
     */
    CLIPPED("samples", 0, true),
    /** Its mean is more than 1 % of full scale away from 0: 1.3 %. Figure: how far. */
    DC_OFFSET("% of full scale", 2, true),
    /**
     * Its file has the bytes of a clip before it, of the same word and partition. Figure: how many files have these bytes.
     */
    REPEATED("files", 0, true),
    /** Its sample rate is not the one that most clips have. Figure: the rate. */
    OTHER_RATE("Hz", 0, false),
    /** Longer than a second, not above two. Figure: its length. */
    LONG("s", 3, true),
    /** Shorter than a second, not below 50 ms: 10.7 %. Figure: its length. */
    SHORT("s", 3, false);

    private final String unit;
    private final int decimals;
    private final boolean isWorseHigh;

    FindingKind(String unit, int decimals, boolean isWorseHigh) {
        this.unit = unit;
        this.decimals = decimals;
        this.isWorseHigh = isWorseHigh;
    }

    /** Its name in tables: lower case with hyphens. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Of the figure, such as {@code "dBFS"}. */
    public String unit() {
        return unit;
    }

    int decimals() {
        return decimals;
    }

    /** Whether a high figure is worse than a low one. */
    boolean isWorseHigh() {
        return isWorseHigh;
    }
}

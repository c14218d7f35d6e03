package dev.onda.train;

/**
 * Where words that are taught stand among a model's classes.
 *
 * @param at class of the first; the old classes from here on move behind them
 * @param count how many
 */
record NewWords(int at, int count) {

    /** Whether a class is one of them. */
    boolean has(int label) {
        return label >= at && label < at + count;
    }

    /** Where a class of the old model is now. */
    int moved(int oldLabel) {
        return oldLabel < at ? oldLabel : oldLabel + count;
    }
}

package dev.onda.cli;

import dev.onda.corpus.ArticleSplit;
import dev.onda.model.Architecture;
import java.util.Locale;

/** The rows of the article's table (Herrera 2020). */
enum ArticleModel {
    SINGLE("Single Conv1D", "article-single", ArticleSplit.PLAIN, 21.91, 11),
    MULTI("Multi Conv1D", "article-multi", ArticleSplit.PLAIN, 51.12, 27),
    EXTRA("Extra Conv1D", "article-extra", ArticleSplit.PLAIN, 65.89, 64),
    EXTRA_V1("Extra Conv1D Augmented V1", "article-extra", ArticleSplit.NOISY, 76.38, 57),
    EXTRA_V2("Extra Conv1D Augmented V2", "article-extra", ArticleSplit.STRATIFIED, 74.40, 41),
    EXTRA_V3("Extra Conv1D Augmented V3", "article", ArticleSplit.STRATIFIED, 79.34, 51);

    private final String title;
    private final String architecture;
    private final ArticleSplit split;
    private final double percent;
    private final int seconds;

    ArticleModel(String title, String architecture, ArticleSplit split, double percent, int seconds) {
        this.title = title;
        this.architecture = architecture;
        this.split = split;
        this.percent = percent;
        this.seconds = seconds;
    }

    String title() {
        return title;
    }

    Architecture architecture() {
        return Architecture.named(architecture).orElseThrow();
    }

    ArticleSplit split() {
        return split;
    }

    /** The article's accuracy, for 30 words, in percent. */
    double percent() {
        return percent;
    }

    /** The article's time an epoch, on its GPU. */
    int seconds() {
        return seconds;
    }

    /** For names of files. */
    String file() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

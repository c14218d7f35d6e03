package dev.onda.cli;

import dev.onda.evaluate.Interval;
import dev.onda.model.ModelFile;
import dev.onda.train.RunFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What {@code onda train} is to make: one model, or a row of them that differ in their seed or in the speakers who judge.
 *
 * @param kind by what they differ
 * @param count how many, at least 1
 */
record TrainingSeries(Kind kind, int count) {

    /** By what models differ. */
    enum Kind {
        NOTHING,
        SEED,
        FOLD;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MOST = 100;

    /**
     * @throws IllegalArgumentException if the count is out of range
     */
    TrainingSeries {
        if (kind != Kind.NOTHING && (count < 2 || count > MOST)) {
            throw new IllegalArgumentException(
                    "--" + kind.word() + "s: 2 to " + MOST + " trainings make a row, not " + count);
        }
    }

    boolean isOne() {
        return kind == Kind.NOTHING;
    }

    /** The files of each training, in order; those of one alone are the given ones. */
    List<RunFiles> files(RunFiles files) {
        return isOne()
                ? List.of(files)
                : IntStream.rangeClosed(1, count)
                        .mapToObj(i -> files.variant("-" + kind.word() + "-" + i))
                        .toList();
    }

    /** Each model's accuracy, their mean and its sample standard deviation. */
    void report(List<RunFiles> files, PrintWriter stdout) throws IOException {
        List<Double> accuracies = new ArrayList<>();
        int clips = 0;
        double correct = 0;
        for (RunFiles run : files) {
            Map<String, String> figures =
                    ModelFile.read(run.model()).provenance().figures();
            double accuracy = Double.parseDouble(figures.getOrDefault("validationAccuracy", "0"));
            int judged = Integer.parseInt(figures.getOrDefault("validationClips", "0"));
            accuracies.add(accuracy);
            clips += judged;
            correct += accuracy * judged;
            stdout.printf(Locale.ROOT, "%6.1f %%  %s%n", 100 * accuracy, run.model());
        }
        double mean = accuracies.stream().mapToDouble(a -> a).average().orElseThrow();
        double squares =
                accuracies.stream().mapToDouble(a -> (a - mean) * (a - mean)).sum();
        stdout.printf(
                Locale.ROOT,
                "%d %ss: validation accuracy %.2f %% on average, standard deviation %.2f points%n",
                count,
                kind.word(),
                100 * mean,
                100 * Math.sqrt(squares / (count - 1)));
        if (kind == Kind.FOLD) {
            stdout.printf(
                    Locale.ROOT,
                    "each clip judged once, by a model that never heard its speaker, at the epoch that is best on its fold: %s of %,d "
                            + "clips%n",
                    Figures.accuracy(correct / clips, Interval.wilson((int) Math.round(correct), clips)),
                    clips);
        }
    }
}

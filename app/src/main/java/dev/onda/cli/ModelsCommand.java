package dev.onda.cli;

import dev.onda.model.Architecture;
import dev.onda.nn.Network;
import dev.onda.nn.Shape;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** {@code onda models}: the architectures that there are. */
final class ModelsCommand extends Command {

    private static final int MOST_WORDS = 10_000;

    private final Supplier<Integer> words =
            option(int.class, "--words", "N", 30, "Words to tell apart. Default: ${DEFAULT-VALUE}.");

    ModelsCommand() {
        super(
                "models",
                "Lists the networks that onda train --model knows.",
                "A line each: parameters, multiply-accumulates (MACs) for a second of sound, whether an answer on a stream needs no "
                        + "computing anew, source. A TOML file describes one of your own.");
    }

    @Override
    int call() {
        if (words.get() < 2 || words.get() > MOST_WORDS) {
            throw new UserError("--words: 2 to " + MOST_WORDS + " words, not " + words.get());
        }
        PrintWriter out = stdout();
        out.printf("%-18s %7s %10s %12s %-9s  %s%n", "name", "Hz", "parameters", "MACs", "streaming", "source");
        for (Architecture a : Architecture.all()) {
            Network network = new Network(a.layers().apply(words.get()), new Shape(1, a.sampleRateHz()));
            out.printf(
                    Locale.ROOT,
                    "%-18s %,7d %,10d %,12d %-9s  %s%n",
                    a.name(),
                    a.sampleRateHz(),
                    network.size(),
                    network.allMultiplyAccumulates(),
                    a.isStreaming() ? "yes" : "no",
                    a.source());
        }
        out.printf(
                "%nnext: %1$s train --model onda-m --data DIR --out FILE; layers: %1$s describe --model NAME%n",
                CalledAs.text());
        return Main.DONE;
    }
}

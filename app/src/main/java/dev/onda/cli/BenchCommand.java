package dev.onda.cli;

import dev.onda.bench.BenchReport;
import dev.onda.bench.BenchSettings;
import dev.onda.bench.BenchText;
import dev.onda.bench.Benchmark;
import dev.onda.model.Architecture;
import dev.onda.nn.kernel.Kernels;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** {@code onda bench}: how fast the networks are on this machine. */
final class BenchCommand extends Command {

    private static final List<String> USUAL = List.of("article", "m5", "onda-m");
    private static final Task.Unit MEASUREMENTS = new Task.Unit("measurements", 1);

    private final Supplier<List<String>> networks = repeated(
            String.class,
            "--network",
            "NAME",
            "Architecture, such as m5; may be given several times. Default: article, m5, onda-m.");

    private final Supplier<Integer> threads = threads("Threads.");

    private final Supplier<Integer> batch =
            option(int.class, "--batch", "N", 32, "Clips computed together. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Optional<Double>> seconds = optional(
            Double.class,
            "--seconds",
            "S",
            "How long each row is measured, its warm-up not counted. Default: 0.5, less where there are many rows.");

    private final Supplier<Boolean> json = flag("--json", "One JSON array, an object a row, instead of a table.");

    BenchCommand() {
        super(
                "bench",
                "Measures how fast networks train and recognise on this machine, and how much of the processor they use.",
                "Half a minute at most, unless told otherwise; what else computes meanwhile makes the figures worse.");
    }

    @Override
    int call() {
        PrintWriter err = stderr();
        List<Architecture> chosen = (networks.get().isEmpty() ? USUAL : networks.get())
                .stream().map(BenchCommand::named).toList();
        BenchSettings settings = UserError.ifRefused(() -> seconds.get().isPresent()
                ? new BenchSettings(
                        chosen, batch.get(), threads.get(), seconds.get().orElseThrow())
                : BenchSettings.of(chosen, batch.get(), threads.get()));
        VectorModule.warnIfMissing(err);
        err.printf(
                Locale.ROOT,
                "onda: measuring %s, threads: %d; at most about %.0f s%n",
                settings.networks().stream().map(Architecture::name).collect(Collectors.joining(", ")),
                threads.get(),
                Math.ceil(settings.secondsAtMost()));
        BenchReport report = measure(settings);
        PrintWriter stdout = stdout();
        if (json.get()) {
            stdout.println(BenchText.json(report.rows()));
        } else {
            stdout.print(BenchText.table(report, Kernels.best().description()));
        }
        return Main.DONE;
    }

    private static Architecture named(String name) {
        return Architecture.named(name)
                .orElseThrow(() ->
                        new UserError("--network " + name + ": no such network; there are " + Architecture.names()));
    }

    private BenchReport measure(BenchSettings settings) {
        int[] begun = {0};
        try (Progress progress = Progress.of(new Task("bench", settings.measurements(), MEASUREMENTS))) {
            BenchReport report = new Benchmark(settings, System::nanoTime).run(what -> {
                progress.message(what);
                progress.reach(begun[0]++);
            });
            progress.message("");
            progress.reach(begun[0]);
            return report;
        } catch (OutOfMemoryError e) {
            throw new UserError(
                    "--batch " + batch.get() + ": not enough memory; give a smaller one, or more memory: "
                            + "JDK_JAVA_OPTIONS=-Xmx8g " + CalledAs.text() + " bench",
                    e);
        }
    }
}

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
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda bench}: how fast the networks are on this machine. */
@Command(
        name = "bench",
        description = {
            "Measures how fast networks train and recognise on this machine, and how much of the processor they use.",
            "Half a minute at most, unless told otherwise; what else computes meanwhile makes the figures worse."
        },
        sortOptions = false)
final class BenchCommand implements Callable<Integer> {

    private static final List<String> USUAL = List.of("article", "m5", "onda-m");
    private static final Task.Unit MEASUREMENTS = new Task.Unit("measurements", 1);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "Architecture, such as m5; may be given several times. Default: article, m5, onda-m.")
    private List<String> networks = List.of();

    @Option(names = "--threads", paramLabel = "N", description = "Threads. Default: the processor's cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--batch", paramLabel = "N", description = "Clips computed together. Default: ${DEFAULT-VALUE}.")
    private int batch = 32;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            description =
                    "How long each row is measured, its warm-up not counted. Default: 0.5, less where there are many rows.")
    private Optional<Double> seconds = Optional.empty();

    @Option(names = "--json", description = "One JSON array, an object a row, instead of a table.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        List<Architecture> chosen = (networks.isEmpty() ? USUAL : networks)
                .stream().map(BenchCommand::named).toList();
        BenchSettings settings = UserError.ifRefused(() -> seconds.isPresent()
                ? new BenchSettings(chosen, batch, threads, seconds.get())
                : BenchSettings.of(chosen, batch, threads));
        VectorModule.warnIfMissing(err);
        err.printf(
                Locale.ROOT,
                "onda: measuring %s, threads: %d; at most about %.0f s%n",
                settings.networks().stream().map(Architecture::name).collect(Collectors.joining(", ")),
                threads,
                Math.ceil(settings.secondsAtMost()));
        BenchReport report = measure(settings);
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
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
                    "--batch " + batch + ": not enough memory; give a smaller one, or more memory: "
                            + "JDK_JAVA_OPTIONS=-Xmx8g " + CalledAs.text() + " bench",
                    e);
        }
    }
}

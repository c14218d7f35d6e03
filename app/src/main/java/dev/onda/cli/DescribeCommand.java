package dev.onda.cli;

import dev.onda.model.Architecture;
import dev.onda.model.Model;
import dev.onda.model.Provenance;
import dev.onda.model.StreamSettings;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code onda describe}: the layer table of a model, or of an architecture by name. */
final class DescribeCommand extends Command {

    private static final int MOST_WORDS = 10_000;

    private final Supplier<Optional<String>> model = optional(
            String.class,
            "--model",
            "FILE",
            "Model file, the name of an architecture (onda models lists them), or a TOML file that describes one. Default: the model in the box.");

    private final Supplier<Integer> words = option(
            int.class,
            "--words",
            "N",
            30,
            "Words of an architecture that is given by name. Default: ${DEFAULT-VALUE}.");

    DescribeCommand() {
        super(
                "describe",
                "Shows a model's layers: output shape, parameters, multiply-accumulates; and where it comes from.");
    }

    @Override
    int call() throws IOException {
        PrintWriter out = stdout();
        String given = model.get().orElse("");
        Path file = Path.of(given);
        boolean isNetwork =
                given.endsWith(".toml") || (Architecture.named(given).isPresent() && !Files.exists(file));
        if (isNetwork) {
            Architecture architecture = NamedModel.of(given).architecture();
            if (words.get() < 2 || words.get() > MOST_WORDS) {
                throw new UserError("--words: 2 to " + MOST_WORDS + " words, not " + words.get());
            }
            Network network = UserError.ifRefused(() -> architecture.network(words.get(), architecture.sampleRateHz()));
            out.printf("%s: %s%n%n", architecture.name(), architecture.source());
            layers(network, out);
            return Main.DONE;
        }
        Model loaded = BoxedModel.orFile(model.get().map(Path::of));
        layers(loaded.network(), out);
        out.printf(
                Locale.ROOT,
                "%n%s, %,d Hz, window of %,d samples, %d words: %s%n",
                loaded.architecture(),
                loaded.input().sampleRateHz(),
                loaded.input().windowSamples(),
                loaded.words().size(),
                String.join(", ", loaded.words()));
        String threshold = loaded.threshold() > 0
                ? String.format(Locale.ROOT, "a word is believed from a score of %.4f on", loaded.threshold())
                : "none, the likeliest word counts whatever its score";
        out.printf(
                "threshold: %s; can be taught new words: %s%n",
                threshold, loaded.memory().clips() > 0 ? "yes" : "no");
        out.printf("in streams: %s%n", stream(loaded.stream()));
        Provenance provenance = loaded.provenance();
        out.println(
                provenance.dataSha256().isEmpty()
                        ? "made by " + provenance.software() + "; on what data is not known"
                        : "trained by " + provenance.software() + " on data " + provenance.dataSha256());
        if (!provenance.attribution().isEmpty()) {
            out.println("to be credited: " + provenance.attribution());
        }
        settings("recipe", provenance.recipe(), out);
        settings("figures", provenance.figures(), out);
        return Main.DONE;
    }

    private static String stream(StreamSettings stream) {
        String chosen = stream.falseAcceptsPerHour() > 0
                ? String.format(
                        Locale.ROOT,
                        ", chosen for %s false accepts an hour",
                        StreamText.number(stream.falseAcceptsPerHour()))
                : "";
        return String.format(
                Locale.ROOT,
                "a window every %d ms, averages over %d ms, a word from an average of %.4f on%s",
                stream.hopMs(),
                stream.smoothingMs(),
                stream.threshold(),
                chosen);
    }

    private static void settings(String title, Map<String, String> settings, PrintWriter out) {
        out.printf("%n%s:%n", title);
        settings.forEach((key, value) -> out.printf("  %s = %s%n", key, value));
    }

    private static void layers(Network network, PrintWriter out) {
        out.printf("%-26s  %-14s  %11s  %21s%n", "layer", "output shape", "parameters", "multiply-accumulates");
        long operations = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            long own = network.parameters(layer).stream()
                    .mapToLong(p -> p.values().length)
                    .sum();
            long macs = network.multiplyAccumulates(i);
            operations += macs;
            out.printf(Locale.ROOT, "%-26s  %-14s  %,11d  %,21d%n", name(layer), network.output(i), own, macs);
        }
        long fixed = network.parameters().stream()
                .filter(p -> !p.role().isTrained())
                .mapToLong(p -> p.values().length)
                .sum();
        out.printf(Locale.ROOT, "%-26s  %-14s  %,11d  %,21d%n", "total", "", network.size(), operations);
        out.printf(Locale.ROOT, "of the parameters %,d are not trained (running statistics of batch norms)%n", fixed);
    }

    private static String name(Layer layer) {
        return switch (layer) {
            case Layer.Conv1d c ->
                c.name() + " conv " + c.channels() + "x" + c.kernel() + (c.stride() > 1 ? " stride " + c.stride() : "");
            case Layer.Dense d -> d.name() + " dense " + d.units();
            case Layer.BatchNorm b -> b.name() + " batch norm";
            case Layer.Activation a -> a.function().name().toLowerCase(Locale.ROOT);
            case Layer.MaxPool p -> "max pool " + p.size();
            case Layer.AveragePool p -> "average pool " + p.size();
            case Layer.GlobalAveragePool _ -> "global average pool";
            case Layer.Flatten _ -> "flatten";
            case Layer.SincConv1d c ->
                c.name() + " sinc conv " + c.channels() + "x" + c.kernel() + " stride " + c.stride();
            case Layer.Gru g -> g.name() + " gru " + g.units();
            case Layer.LookAhead l -> "look ahead " + l.samples();
            case Layer.Fork _ -> "fork";
            case Layer.Add _ -> "add";
            case Layer.SqueezeExcitation e -> e.name() + " squeeze and excitation " + e.units();
            case Layer.Dropout d -> "dropout " + d.rate();
            case Layer.SpatialDropout d -> "spatial dropout " + d.rate();
        };
    }
}

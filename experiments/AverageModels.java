import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.nn.Parameter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Averages the parameters of models that were trained from the same one ("model soups", Wortsman 2022). All else is the first
 * model's, also what it remembers for {@code onda teach}, which does not quite fit any more: train on from the result.
 *
 * <pre>java --add-modules jdk.incubator.vector -cp app/target/onda.jar experiments/AverageModels.java OUT MODEL MODEL...</pre>
 */
final class AverageModels {

    private AverageModels() {}

    public static void main(String[] files) throws IOException {
        if (files.length < 3) {
            System.err.println("usage: AverageModels.java OUT MODEL MODEL...");
            System.exit(2);
        }
        List<Model> models =
                Stream.of(files).skip(1).map(Path::of).map(AverageModels::read).toList();
        Model average = models.getFirst();
        for (int p = 0; p < average.network().parameters().size(); p++) {
            float[] values = average.network().parameters().get(p).values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) mean(models, p, i);
            }
        }
        ModelFile.write(Path.of(files[0]), average);
    }

    private static Model read(Path file) {
        try {
            return ModelFile.read(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static double mean(List<Model> models, int parameter, int i) {
        return models.stream()
                .map(model -> model.network().parameters().get(parameter))
                .mapToDouble(each -> value(each, i))
                .average()
                .orElseThrow();
    }

    private static double value(Parameter parameter, int i) {
        return parameter.values()[i];
    }
}

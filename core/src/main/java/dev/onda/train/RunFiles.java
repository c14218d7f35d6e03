package dev.onda.train;

import java.nio.file.Path;

/**
 * The files of one training, side by side: {@code X.safetensors}, {@code X.history.csv}, and while it is not finished
 * {@code X.checkpoint.safetensors} and {@code X.clips}.
 *
 * @param model where the model goes
 */
public record RunFiles(Path model) {

    private static final String SUFFIX = ".safetensors";

    private Path beside(String ending) {
        String name = model.getFileName().toString();
        String stem = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
        return model.resolveSibling(stem + ending);
    }

    /** The files of another training beside this one: of {@code X.safetensors} and {@code -seed-2} {@code X-seed-2.safetensors}. */
    public RunFiles variant(String suffix) {
        return new RunFiles(beside(suffix + SUFFIX));
    }

    /** The history, a line an epoch. */
    public Path history() {
        return beside(".history.csv");
    }

    /** What a stopped training goes on from. */
    public Path checkpoint() {
        return beside(".checkpoint" + SUFFIX);
    }

    /** The prepared clips of a corpus, for as long as the training lasts. */
    public Path clips() {
        return beside(".clips");
    }

    /** The folder of a page about it. */
    public Path report() {
        return beside(".report");
    }
}

package dev.onda.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a store's files lie in its folder. {@code clips.csv} comes last when a store is written and goes first when one is
 * replaced, so a folder that has it is whole.
 */
record StoreFiles(Path folder) {
    static final String[] CLIPS_HEADER = {
        "index", "path", "word", "speaker", "partition", "sample_rate_hz", "original_samples", "original_rate_hz"
    };
    static final String[] BACKGROUND_HEADER = {"path", "first_row", "rows"};
    static final String[] SKIPPED_HEADER = {"path", "reason", "byte_offset"};
    static final String[] LEFT_OUT_HEADER = {"list", "partition", "clips"};

    /** The samples, a row a clip. */
    Path samples() {
        return folder.resolve("clips.npy");
    }

    /** What is known of each clip, in the same order. */
    Path clips() {
        return folder.resolve("clips.csv");
    }

    /** Recordings without speech, cut into rows as long as a clip; there only if there are any. */
    Path backgroundSamples() {
        return folder.resolve("background.npy");
    }

    /** Which rows belong to which recording. */
    Path background() {
        return folder.resolve("background.csv");
    }

    /** The clips that could not be used; there only if there are any. */
    Path skipped() {
        return folder.resolve("skipped.csv");
    }

    /** How many clips a list has kept out; there only if there was one. */
    Path leftOut() {
        return folder.resolve("excluded.csv");
    }

    /** Whom the corpus is to be credited to; there only if it says so. */
    Path attribution() {
        return folder.resolve(Attribution.FILE);
    }

    /** Held while the folder is written to. */
    Path lock() {
        return folder.resolve(".lock");
    }

    /** All of them, the one that makes a folder a store first. */
    List<Path> all() {
        return List.of(
                clips(), samples(), background(), backgroundSamples(), skipped(), leftOut(), attribution(), lock());
    }

    /** What a file is called until it is whole. */
    static Path unfinished(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    boolean areThere() {
        return Files.isRegularFile(samples()) && Files.isRegularFile(clips());
    }
}

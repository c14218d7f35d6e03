package dev.onda.studio;

import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import dev.onda.train.RunFiles;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The models that there are: the one in the box, and the files of a folder, each read when it is first used. */
final class Shelf {

    /** The model that is taken where none is named. */
    static final String BOX = "onda";

    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private static final String SUFFIX = ".safetensors";

    /** How long a new studio has the machine for itself, and for whoever asks first. */
    private static final int HEAD_START_MS = 600;

    private final Path folder;
    private final FutureTask<ServedModel> box;
    private final int threads;
    private final Map<String, Read> read = new ConcurrentHashMap<>();

    /** What was read of a file, and when that was written. */
    private record Read(ServedModel model, FileTime written) {}

    /**
     * Begins to read the model in the box; who needs it waits.
     */
    Shelf(Path folder, Studio.Supplies supplies, int threads) {
        this.folder = folder;
        this.threads = threads;
        box = new FutureTask<>(() -> ServedModel.cold(BOX, supplies.box(), threads));
        Thread.ofPlatform().daemon().name("onda-box").start(box);
    }

    /**
     * The model in the box, when it is read.
     *
     * @throws IOException if it could not be
     */
    ServedModel box() throws IOException {
        try {
            return box.get();
        } catch (ExecutionException e) {
            throw new IOException("the model in the box: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the model in the box was not waited for");
        }
    }

    /**
     * Gets the model in the box ready for whoever speaks, beside all else, and a moment later.
     *
     * @param first what else is to be ready, before it
     */
    void warmUp(Runnable first) throws IOException {
        ServedModel served = box();
        CompletableFuture.delayedExecutor(
                        HEAD_START_MS,
                        TimeUnit.MILLISECONDS,
                        task -> Thread.ofPlatform()
                                .daemon()
                                .name("onda-warm-up")
                                .start(task))
                .execute(() -> {
                    first.run();
                    LOG.debug("warm after {} windows", served.warmUp());
                });
    }

    /** Where a model of this name goes. */
    Path file(String name) {
        return folder.resolve(Name.check(name) + SUFFIX);
    }

    /** Whether a new model cannot have this name. */
    boolean has(String name) {
        return name.equals(BOX) || Files.exists(file(name));
    }

    /** The names, the model in the box first, then in alphabetical order. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        names.add(BOX);
        try (var files = Files.list(folder)) {
            files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(SUFFIX) && !file.startsWith("."))
                    .map(file -> file.substring(0, file.length() - SUFFIX.length()))
                    .filter(name -> !name.equals(BOX) && Name.isGood(name))
                    .sorted()
                    .forEach(names::add);
        }
        return names;
    }

    /**
     * The model that a client names.
     *
     * @param name nothing for the one in the box
     * @throws Refusal if there is none
     */
    ServedModel named(@Nullable String name) throws IOException {
        if (name == null || name.equals(BOX)) {
            return box();
        }
        Path file = file(name);
        FileTime written;
        try {
            written = Files.getLastModifiedTime(file);
        } catch (NoSuchFileException e) {
            read.remove(name);
            throw Refusal.missing("no model \"" + name + "\"; there are " + String.join(", ", names()));
        }
        Read there = read.get(name);
        if (there == null || !there.written().equals(written)) {
            there = new Read(new ServedModel(name, ModelFile.read(file), threads), written);
            read.put(name, there);
        }
        return there.model();
    }

    /** Waits until nothing is read any more. */
    void close() {
        try {
            box();
        } catch (IOException e) {
            LOG.debug("closed without the model in the box", e);
        }
    }

    /** Removes a model's file. */
    void delete(String name) throws IOException {
        if (name.equals(BOX)) {
            throw Refusal.conflict("the model in the box stays");
        }
        if (!Files.deleteIfExists(file(name))) {
            throw Refusal.missing("no model \"" + name + "\"");
        }
        Files.deleteIfExists(new RunFiles(file(name)).history());
        read.remove(name);
    }

    /** All of them, as clients see them. */
    void list(Context ctx) throws IOException {
        ObjectNode answer = Answer.object();
        ArrayNode models = answer.putArray("models");
        for (String name : names()) {
            try {
                models.add(describe(named(name)));
            } catch (IOException e) {
                LOG.warn("model {} is left out: {}", name, e.getMessage());
            }
        }
        Answer.json(ctx, answer);
    }

    private static ObjectNode describe(ServedModel served) {
        Model model = served.model();
        ObjectNode node = Answer.object()
                .put("name", served.name())
                .put("architecture", model.architecture())
                .put("sampleRateHz", model.input().sampleRateHz())
                .put(
                        "parameters",
                        model.network().parameters().stream()
                                .mapToInt(p -> p.values().length)
                                .sum())
                .put("threshold", model.threshold())
                .put("streamThreshold", model.stream().threshold())
                .put("canBeTaught", model.memory().clips() > 0);
        ArrayNode words = node.putArray("words");
        model.words().stream().filter(Model::isWord).forEach(words::add);
        return node;
    }
}

package dev.onda.studio;

import dev.onda.corpus.ClipStore;
import io.javalin.http.Context;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The folders of clips that there are, by name: own recordings, the corpus in the box, those in {@code folder/corpora}, and those that
 * the studio was started with.
 */
final class Corpora {

    /** Own recordings. */
    static final String WORDS = "words";
    /** The corpus in the box, unpacked when it is first used. */
    static final String DEMO = "demo";

    private static final Logger LOG = LoggerFactory.getLogger(Corpora.class);

    private static final int MANY_CLIPS = 10_000;

    private final Path folder;
    private final List<Path> given;
    private final DemoClips demo;

    /** The corpus in the box. */
    @FunctionalInterface
    interface DemoClips {
        /** Unpacks it into a folder, keeping what is there already. */
        void unpackTo(Path folder) throws IOException;
    }

    Corpora(Path folder, List<Path> given, DemoClips demo) {
        this.folder = folder;
        this.given =
                given.stream().map(each -> each.toAbsolutePath().normalize()).toList();
        this.demo = demo;
    }

    private Map<String, Path> all() throws IOException {
        Map<String, Path> all = new LinkedHashMap<>();
        all.put(WORDS, folder.resolve(WORDS));
        all.put(DEMO, corpora().resolve(DEMO));
        try (var folders = Files.list(corpora())) {
            folders.filter(Files::isDirectory).sorted().forEach(each -> all.putIfAbsent(name(each), each));
        }
        for (Path each : given) {
            String name = name(each);
            String free = name;
            for (int number = 2; all.containsKey(free); number++) {
                free = name + "-" + number;
            }
            all.put(free, each);
        }
        return all;
    }

    private static String name(Path folder) {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    private Path corpora() {
        return folder.resolve("corpora");
    }

    /**
     * The folder of a name.
     *
     * @throws Refusal if there is none
     */
    Path named(String name) throws IOException {
        Map<String, Path> all = all();
        Path there = all.get(name);
        if (there == null) {
            throw Refusal.missing("no corpus \"" + name + "\"; there are " + String.join(", ", all.keySet()));
        }
        if (name.equals(DEMO)) {
            unpack(there);
        }
        return there;
    }

    private synchronized void unpack(Path to) throws IOException {
        demo.unpackTo(to);
    }

    /** The names, as clients see them. */
    void list(Context ctx) throws IOException {
        ArrayNode list = Answer.array();
        for (Map.Entry<String, Path> each : all().entrySet()) {
            ObjectNode node = list.addObject().put("name", each.getKey());
            node.put("isStore", ClipStore.isStore(each.getValue()));
            node.put("network", network(each.getValue()));
        }
        Answer.json(ctx, list);
    }

    /** The network to start with: a larger one takes twice the time, and has more to learn from many clips. Stores are large. */
    private static String network(Path corpus) {
        if (ClipStore.isStore(corpus)) {
            return "onda-m";
        }
        if (!Files.isDirectory(corpus)) {
            return "onda-s";
        }
        try (var files =
                Files.find(corpus, 2, (_, attributes) -> attributes.isRegularFile(), FileVisitOption.FOLLOW_LINKS)) {
            return files.limit(MANY_CLIPS).count() == MANY_CLIPS ? "onda-m" : "onda-s";
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("{}: its clips could not be counted: {}", corpus, e.getMessage());
            return "onda-s";
        }
    }

    /** A message with names in the place of folders; those in the studio's folder are named from there. */
    String hide(String message) {
        String hidden = message;
        for (Path each : given) {
            hidden = hidden.replace(each.toString(), name(each));
        }
        // The studio's folder first: it may itself be a temporary one.
        hidden = hidden.replace(folder + File.separator, "").replace(folder.toString(), "the studio's folder");
        return hidden.replace(System.getProperty("java.io.tmpdir"), "a temporary folder");
    }
}

package dev.onda.studio;

import dev.onda.file.AtomicFile;
import dev.onda.model.Architecture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a training is given.
 *
 * @param corpus name of a corpus
 * @param architecture name of a network
 * @param epochs how many at most
 */
record RunSettings(String corpus, String architecture, int epochs) {

    private static final int MOST_EPOCHS = 1_000;

    /**
     * @throws Refusal if the number of epochs is out of range
     */
    RunSettings {
        if (epochs < 1 || epochs > MOST_EPOCHS) {
            throw Refusal.bad("\"epochs\": 1 to " + MOST_EPOCHS + ", not " + epochs);
        }
    }

    /**
     * @throws Refusal if something is missing
     */
    static RunSettings of(JsonNode asked) {
        return new RunSettings(
                Answer.text(asked, "corpus"),
                Answer.text(asked, "architecture"),
                asked.path("epochs").asInt(0));
    }

    static RunSettings read(Path file) throws IOException {
        try {
            return of(JsonMapper.shared().readTree(Files.readAllBytes(file)));
        } catch (JacksonException | Refusal e) {
            throw new IOException(file + ": damaged: the settings of a training are expected", e);
        }
    }

    void write(Path file) throws IOException {
        AtomicFile.write(file, json().toString().getBytes(StandardCharsets.UTF_8));
    }

    ObjectNode json() {
        return Answer.object()
                .put("corpus", corpus)
                .put("architecture", architecture)
                .put("epochs", epochs);
    }

    /**
     * @throws Refusal if there is no such network
     */
    Architecture checkedArchitecture() {
        return Architecture.named(architecture)
                .orElseThrow(() ->
                        Refusal.missing("no network \"" + architecture + "\"; there are " + Architecture.names()));
    }
}

package dev.onda.cli;

import dev.onda.model.Architecture;
import dev.onda.model.Model;
import dev.onda.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The model that Onda brings along, for commands whose {@code --model} is left out. */
final class BoxedModel {

    private static final String RESOURCE = "/dev/onda/box/onda.safetensors";

    private BoxedModel() {}

    /** Size of its file. */
    static long bytes() throws IOException {
        try (InputStream in = resource()) {
            return in.readAllBytes().length;
        }
    }

    private static InputStream resource() {
        InputStream in = BoxedModel.class.getResourceAsStream(RESOURCE);
        if (in == null) {
            throw new UserError("--model FILE: this build of Onda has no model in the box; name one");
        }
        return in;
    }

    /** The model of a file, or the one in the box. */
    static Model orFile(Optional<Path> file) throws IOException {
        if (file.isPresent()) {
            Path given = file.get();
            if (Architecture.named(given.toString()).isPresent() && !Files.exists(given)) {
                throw new UserError(
                        "--model " + given + ": a network that nobody has trained yet; train it first: ./onda train"
                                + " --model " + given + " --data DIR --out FILE");
            }
            return ModelFile.read(given);
        }
        try (InputStream in = resource()) {
            Path copy = Files.createTempFile("onda", ".safetensors");
            try {
                Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
                return ModelFile.read(copy);
            } finally {
                Files.delete(copy);
            }
        }
    }
}

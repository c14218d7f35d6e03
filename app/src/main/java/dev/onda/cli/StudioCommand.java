package dev.onda.cli;

import dev.onda.model.Model;
import dev.onda.studio.Limits;
import dev.onda.studio.Studio;
import dev.onda.studio.StudioSettings;
import dev.onda.train.Epoch;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** {@code onda studio}: all of it in a browser. */
final class StudioCommand extends Command {

    private static final String TOKEN = "ONDA_TOKEN";
    private static final int TOKEN_BYTES = 24;
    private static final int HIGHEST_PORT = 65_535;

    /** The model and the corpus in the box. */
    static final Studio.Supplies BOX = new Studio.Supplies() {
        @Override
        public Model box() throws IOException {
            return BoxedModel.orFile(Optional.empty());
        }

        @Override
        public long boxBytes() throws IOException {
            return BoxedModel.bytes();
        }

        @Override
        public List<Epoch> boxHistory() throws IOException {
            return BoxedModel.history();
        }

        @Override
        public void unpackDemo(Path to) throws IOException {
            DemoCorpus.unpackTo(to);
        }
    };

    private final Supplier<Integer> port = option(
            int.class, "--port", "N", 8_017, "Port to listen at; 0 takes a free one. Default: ${DEFAULT-VALUE}.");

    private final Supplier<Path> folder = option(
            Path.class,
            "--folder",
            "DIR",
            Path.of("onda-studio"),
            "Folder for recordings (words), models, trainings (runs) and corpora; made if need be. Default: ${DEFAULT-VALUE}.");

    private final Supplier<List<Path>> corpora = repeated(
            Path.class, "--data", "DIR", "Corpus or prepared store to train on, too; may be given more than once.");

    private final Supplier<Optional<String>> bind = optional(
            String.class,
            "--bind",
            "ADDRESS",
            "Listen at this address of the machine instead of loopback, such as 0.0.0.0 for all.");

    private final Supplier<Boolean> isBrowserUnwanted = flag("--no-browser", "Do not open the page in a browser.");

    StudioCommand() {
        super(
                "studio",
                "Opens a page on which words are tried, recorded, taught and trained, and an API for programs. Ctrl-C ends it.",
                "Only this machine can connect. With --bind others can, too, who know the token in the address that is printed; "
                        + "ONDA_TOKEN in the environment sets one that stays the same.");
    }

    @Override
    int call() throws IOException {
        PrintWriter err = stderr();
        try (Interruption _ = new Interruption();
                Studio studio = start()) {
            PrintWriter stdout = stdout();
            stdout.println(studio.url());
            stdout.flush();
            err.println("studio: recordings, models and trainings go to "
                    + folder.get().toAbsolutePath() + "; Ctrl-C ends it");
            if (bind.get().isPresent()) {
                err.println("studio: other machines connect to port " + studio.port()
                        + " of this one, with the same token");
            }
            err.flush();
            if (!isBrowserUnwanted.get()) {
                Browser.open(URI.create(studio.url()), err::println);
            }
            awaitInterruption();
            err.println(
                    "studio: stopping..." + studio.end().map(work -> " " + work).orElse(""));
            err.flush();
        }
        return Main.DONE;
    }

    private static void awaitInterruption() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            // Ctrl-C: what is open is closed.
        }
    }

    private Studio start() throws IOException {
        if (port.get() < 0 || port.get() > HIGHEST_PORT) {
            throw new UserError("--port: 0 to " + HIGHEST_PORT + ", not " + port.get());
        }
        for (Path corpus : corpora.get()) {
            if (!Files.isDirectory(corpus)) {
                throw new UserError("--data " + corpus + ": no such folder");
            }
        }
        if (Files.exists(folder.get()) && !Files.isDirectory(folder.get())) {
            throw new UserError("--folder " + folder.get() + ": a file; name a folder");
        }
        VectorModule.warnIfMissing(stderr());
        InetAddress address = address();
        StudioSettings settings = UserError.ifRefused(() -> new StudioSettings(
                address,
                port.get(),
                folder.get(),
                corpora.get(),
                token(address),
                Version.software(),
                Limits.defaults()));
        return Studio.start(settings, BOX);
    }

    private InetAddress address() {
        if (bind.get().isEmpty()) {
            return InetAddress.getLoopbackAddress();
        }
        try {
            return InetAddress.getByName(bind.get().orElseThrow());
        } catch (UnknownHostException e) {
            throw new UserError(
                    "--bind " + bind.get().orElseThrow()
                            + ": no address of this machine, such as 0.0.0.0 or 192.168.1.5",
                    e);
        }
    }

    /** The user's own, or where others can connect a new one. */
    private static Optional<String> token(InetAddress address) {
        Optional<String> own = Optional.ofNullable(System.getenv(TOKEN)).filter(token -> !token.isBlank());
        if (own.isPresent() || address.isLoopbackAddress()) {
            return own;
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }
}

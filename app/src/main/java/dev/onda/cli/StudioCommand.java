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
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda studio}: all of it in a browser. */
@Command(
        name = "studio",
        description = {
            "Opens a page on which words are tried, recorded, taught and trained, and an API for programs. Ctrl-C ends it.",
            "Only this machine can connect. With --bind others can, too, who know the token in the address that is printed; "
                    + "ONDA_TOKEN in the environment sets one that stays the same."
        },
        sortOptions = false)
final class StudioCommand implements Callable<Integer> {

    private static final String TOKEN = "ONDA_TOKEN";
    private static final int TOKEN_BYTES = 24;
    private static final int HIGHEST_PORT = 65_535;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--port",
            paramLabel = "N",
            description = "Port to listen at; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    private int port = 8_017;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description =
                    "Folder for recordings (words), models, trainings (runs) and corpora; made if need be. Default: ${DEFAULT-VALUE}.")
    private Path folder = Path.of("onda-studio");

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Corpus or prepared store to train on, too; may be given more than once.")
    private List<Path> corpora = List.of();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            description = "Listen at this address of the machine instead of loopback, such as 0.0.0.0 for all.")
    private Optional<String> bind = Optional.empty();

    @Option(names = "--no-browser", description = "Do not open the page in a browser.")
    private boolean isBrowserUnwanted;

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

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption _ = new Interruption();
                Studio studio = start()) {
            PrintWriter stdout = spec.commandLine().getOut();
            stdout.println(studio.url());
            stdout.flush();
            err.println(
                    "studio: recordings, models and trainings go to " + folder.toAbsolutePath() + "; Ctrl-C ends it");
            if (bind.isPresent()) {
                err.println("studio: other machines connect to port " + studio.port()
                        + " of this one, with the same token");
            }
            err.flush();
            if (!isBrowserUnwanted) {
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
        if (port < 0 || port > HIGHEST_PORT) {
            throw new UserError("--port: 0 to " + HIGHEST_PORT + ", not " + port);
        }
        for (Path corpus : corpora) {
            if (!Files.isDirectory(corpus)) {
                throw new UserError("--data " + corpus + ": no such folder");
            }
        }
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserError("--folder " + folder + ": a file; name a folder");
        }
        VectorModule.warnIfMissing(spec.commandLine().getErr());
        InetAddress address = address();
        StudioSettings settings = UserError.ifRefused(() -> new StudioSettings(
                address, port, folder, corpora, token(address), Version.software(), Limits.defaults()));
        return Studio.start(settings, BOX);
    }

    private InetAddress address() {
        if (bind.isEmpty()) {
            return InetAddress.getLoopbackAddress();
        }
        try {
            return InetAddress.getByName(bind.get());
        } catch (UnknownHostException e) {
            throw new UserError(
                    "--bind " + bind.get() + ": no address of this machine, such as 0.0.0.0 or 192.168.1.5", e);
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

package dev.onda.cli;

import dev.onda.corpus.Attribution;
import dev.onda.fetch.Archive;
import dev.onda.fetch.Download;
import dev.onda.fetch.Patience;
import dev.onda.fetch.Sha256;
import dev.onda.fetch.Source;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code onda fetch speech-commands}: the archive is downloaded beside the folder, checked, unpacked, deleted. Run again
 * after a break it goes on where it was; run again when all is there it does nothing.
 */
final class FetchSpeechCommands extends Command {
    private static final String OFFICIAL = "http://download.tensorflow.org/data/speech_commands_v0.01.tar.gz";
    private static final Sha256 OFFICIAL_SHA256 =
            new Sha256("743935421bb51cccdb6bdd152e04c5c70274e935c82119ad7faeec31780d811d");
    private static final String ATTRIBUTION = "Speech Commands v0.01, Pete Warden, CC BY 4.0";

    /** Room for the larger v0.02, too. */
    private static final Archive.Limits LIMITS = new Archive.Limits(8L << 30, 200_000);

    private final Supplier<Path> out = required(Path.class, "--out", "DIR", "Folder to unpack into.");

    private final Supplier<Optional<URI>> url =
            optional(URI.class, "--url", "URL", "Another place of the archive, http or https.");

    private final Supplier<Optional<String>> sha256 = optional(
            String.class,
            "--sha256",
            "HEX",
            "Its checksum. Default: the official archive's, or none where --url is given.");

    FetchSpeechCommands() {
        super(
                "speech-commands",
                "Downloads Speech Commands v0.01: 64,721 clips of 30 words; about 1.5 GB to download, 2 GB unpacked. "
                        + "Goes on where an earlier run broke off.");
    }

    @Override
    int call() throws IOException, InterruptedException {
        PrintWriter err = stderr();
        PrintWriter stdout = stdout();
        Source source = UserError.ifRefused(this::source);
        Path folder = out.get().toAbsolutePath().normalize();
        Path marker = folder.resolve("FETCHED.txt");
        if (Files.exists(marker) && isMarkedWith(marker, source)) {
            credit(folder);
            stdout.println(folder + ": already complete");
            return Main.DONE;
        }
        Path archive = folder.resolveSibling(Objects.requireNonNull(folder.getFileName(), "a root") + ".tar.gz");
        Sha256 found = download(source, archive, err);
        if (source.sha256().isEmpty()) {
            err.println("onda: the download is unchecked, its SHA-256 is " + found + "; --sha256 would check it");
        }
        Archive.Summary summary = unpack(archive, folder);
        Files.writeString(marker, "url: " + source.uri() + "\nsha256: " + found + "\n" + ATTRIBUTION + "\n");
        credit(folder);
        Files.delete(archive);
        stdout.println(folder + ": " + (summary.written() + summary.kept()) + " files, " + summary.bytes() + " bytes");
        stdout.println(ATTRIBUTION);
        return Main.DONE;
    }

    /** For the models that will learn from it. */
    private static void credit(Path folder) throws IOException {
        Path file = folder.resolve(Attribution.FILE);
        if (!Files.exists(file)) {
            Files.writeString(file, ATTRIBUTION + "\n");
        }
    }

    private Source source() {
        Optional<Sha256> given = sha256.get().map(Sha256::new);
        return url.get()
                .map(other -> new Source(other, given))
                .orElseGet(() -> new Source(URI.create(OFFICIAL), Optional.of(given.orElse(OFFICIAL_SHA256))));
    }

    private static boolean isMarkedWith(Path marker, Source source) throws IOException {
        String text = Files.readString(marker);
        return source.sha256()
                .map(sha -> text.contains("sha256: " + sha + "\n"))
                .orElse(text.contains("url: " + source.uri() + "\n"));
    }

    private static Sha256 download(Source source, Path archive, PrintWriter err)
            throws IOException, InterruptedException {
        try (DownloadProgress progress = new DownloadProgress(err)) {
            return new Download(Patience.defaults(), progress).fetch(source, archive);
        }
    }

    private static Archive.Summary unpack(Path archive, Path folder) throws IOException {
        Task task = new Task("unpacking", Files.size(archive), Task.Unit.MEBIBYTES);
        try (Progress progress = Progress.of(task)) {
            return Archive.unpackTarGz(archive, folder, LIMITS, progress::reach);
        }
    }
}

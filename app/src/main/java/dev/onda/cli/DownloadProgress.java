package dev.onda.cli;

import dev.onda.fetch.Download;
import java.io.PrintWriter;
import java.util.Optional;

/** Shows a download: the display begins when the server has said how long the file is. */
final class DownloadProgress implements Download.Watcher, AutoCloseable {
    private final PrintWriter err;
    private Optional<Progress> shown = Optional.empty();

    DownloadProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void reached(long bytes, long totalBytes) {
        if (shown.isEmpty()) {
            shown = Optional.of(Progress.of(new Task("downloading", totalBytes, Task.Unit.MEBIBYTES, bytes)));
        }
        shown.get().reach(bytes);
    }

    /** A note ends the display; the next one begins below it. */
    @Override
    public void note(String text) {
        close();
        err.println("onda: " + text);
    }

    @Override
    public void close() {
        shown.ifPresent(Progress::close);
        shown = Optional.empty();
    }
}

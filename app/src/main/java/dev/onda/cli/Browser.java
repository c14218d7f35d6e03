package dev.onda.cli;

import java.awt.AWTError;
import java.awt.Desktop;
import java.awt.GraphicsEnvironment;
import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/** The browser of whoever sits at this machine. */
final class Browser {

    private Browser() {}

    /**
     * Opens an address, where there is a screen to show it on.
     *
     * @param say shows a line
     */
    static void open(URI address, Consumer<String> say) {
        try {
            if (!GraphicsEnvironment.isHeadless()
                    && Desktop.isDesktopSupported()
                    && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)) {
                Desktop.getDesktop().browse(address);
            }
        } catch (IOException | UnsupportedOperationException | AWTError | LinkageError e) {
            say.accept("onda: no browser opened (" + e.getMessage() + "); open it yourself");
        }
    }
}

package dev.onda.cli;

import java.io.Console;
import java.util.Optional;

/**
 * Whether a person watches standard error.
 *
 * <p>Java only knows whether standard input <em>and</em> output are terminals, so {@code ./onda} asks the shell and passes
 * the answer in the property {@code onda.stderr}; started otherwise, Java's own answer must do.
 */
final class Terminal {
    private Terminal() {}

    static boolean isStandardError() {
        if ("dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        return Optional.ofNullable(System.getProperty("onda.stderr"))
                .map("terminal"::equals)
                .orElseGet(Terminal::isConsole);
    }

    private static boolean isConsole() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }
}

package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Stream;

/** Runs commands as a user types them, and keeps what the last one printed. */
abstract class TypedCommands {

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    final int onda(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] texts = Stream.of(args).map(Object::toString).toArray(String[]::new);
        return new Main(new PrintWriter(out), new PrintWriter(err)).execute(texts);
    }

    final void assertRefused(int status, String... parts) {
        assertThat(status).as("%s%s", out, err).isEqualTo(2);
        assertThat(err.toString().lines())
                .as("one line")
                .singleElement()
                .asString()
                .startsWith("onda: ")
                .contains(parts);
    }
}

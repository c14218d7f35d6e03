package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** THIRD-PARTY.md, beside the libraries that the build found the app to need. */
class ThirdPartyTest {

    private static final Path HOUSE = Path.of("..");
    private static final Pattern ROW =
            Pattern.compile("\\| ([a-z0-9.-]+) \\| ([A-Za-z0-9., -]+) \\| ([A-Z][A-Za-z0-9.-]+) \\|");
    private static final Pattern SHIPPED = Pattern.compile(" +([^: ]+:[^:]+):jar:.*");
    private static final String OF_OURS = "dev.onda:";

    /** Group and name of each library to its licence. */
    private final Map<String, String> listed = listed();

    ThirdPartyTest() throws IOException {}

    private static Map<String, String> listed() throws IOException {
        Map<String, String> listed = new TreeMap<>();
        ROW.matcher(Files.readString(HOUSE.resolve("THIRD-PARTY.md"))).results().forEach(row -> {
            for (String name : row.group(2).split(", ", -1)) {
                listed.put(row.group(1) + ":" + name, row.group(3));
            }
        });
        return listed;
    }

    private static Collection<String> shipped() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("target", "shipped.txt"))) {
            return lines.map(SHIPPED::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .filter(library -> !library.startsWith(OF_OURS))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void everyLibraryIsListedWithItsLicence() throws IOException {
        assertThat(shipped()).contains("info.picocli:picocli", "org.webjars.npm:uplot");
        assertThat(listed.keySet())
                .as(
                        "THIRD-PARTY.md names each library and its licence; what a new one may be used under, see its pom.xml")
                .containsAll(shipped());
    }

    @Test
    void everyLicenceIsThereToRead() {
        assertThat(HOUSE.resolve("LICENSE")).content().contains("Apache License", "Version 2.0");
        assertThat(new TreeSet<>(listed.values()))
                .contains("Apache-2.0", "EPL-2.0")
                .allSatisfy(licence -> {
                    if (!licence.equals("Apache-2.0")) {
                        assertThat(Path.of("src", "licenses", licence + ".txt")).isNotEmptyFile();
                    }
                });
    }
}

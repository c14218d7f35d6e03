package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CsvTest {
    private static final Path SOURCE = Path.of("table.csv");

    private static String written(String... fields) throws IOException {
        StringBuilder out = new StringBuilder();
        Csv.write(out, fields);
        return out.toString();
    }

    private static List<List<String>> fields(String text) throws IOException {
        return Csv.parse(text, SOURCE).stream().map(Csv.Row::fields).toList();
    }

    @Test
    void quotesOnlyWhatNeedsIt() throws IOException {
        assertThat(written("plain", "a b", "", "a,b", "say \"a\"", "two\nlines"))
                .isEqualTo("plain,a b,,\"a,b\",\"say \"\"a\"\"\",\"two\nlines\"\n");
    }

    @Test
    void readsWhatOtherProgramsWrite() throws IOException {
        assertThat(fields("a,b\r\n\"c\",\"d,e\"\r\n,"))
                .containsExactly(List.of("a", "b"), List.of("c", "d,e"), List.of("", ""));
    }

    @Test
    void countsLinesOfTextForItsMessages() throws IOException {
        assertThat(Csv.parse("a\n\"b\nc\"\nd\n", SOURCE))
                .extracting(Csv.Row::line)
                .containsExactly(1, 2, 4);
    }

    @Test
    void readsBackWhateverItWrote() throws IOException {
        String[] pieces = {",", "\"", "\n", "\r", "\r\n", "a", " ", "é", "語", "🎵", ";", "'"};
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            String[] row = new String[1 + random.nextInt(4)];
            Arrays.setAll(row, _ -> {
                StringBuilder field = new StringBuilder();
                for (int n = random.nextInt(6); n > 0; n--) {
                    field.append(pieces[random.nextInt(pieces.length)]);
                }
                return field.toString();
            });
            String text = written(row) + written("next");
            assertThat(fields(text)).as("seed %d", seed).containsExactly(List.of(row), List.of("next"));
        }
    }

    @Test
    void refusesQuotesThatDoNotFit() {
        assertThatThrownBy(() -> fields("a\nb,\"c\nd"))
                .hasMessage("table.csv: line 2: a quote that is never closed; prepare the clips again");
        assertThatThrownBy(() -> fields("a\nb\"c,d"))
                .hasMessage("table.csv: line 2: a quote inside an unquoted field; prepare the clips again");
        assertThatThrownBy(() -> fields("\"a\"b"))
                .hasMessage("table.csv: line 1: expected a comma or the line's end after a quoted field;"
                        + " prepare the clips again");
    }
}

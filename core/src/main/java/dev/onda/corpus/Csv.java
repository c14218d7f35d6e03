package dev.onda.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables as text, comma-separated (RFC 4180): a field with a comma, a quote or a line break stands in quotes, and quotes
 * in it are doubled. Lines end with a line feed when written, with or without a carriage return when read.
 */
final class Csv {

    /**
     * One line of a table, which may run over several lines of text.
     *
     * @param line where it begins, counted from 1
     */
    record Row(int line, List<String> fields) {}

    private final String text;
    private final Path source;
    private final String remedy;
    private int position;
    private int line = 1;

    private Csv(String text, Path source, String remedy) {
        this.text = text;
        this.source = source;
        this.remedy = remedy;
    }

    static void write(Appendable out, String... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            out.append(i == 0 ? "" : ",").append(quote(fields[i]));
        }
        out.append('\n');
    }

    private static String quote(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** The rows of a table of a store, see {@link #parse(String, Path, String)}. */
    static List<Row> parse(String text, Path source) throws CorpusException {
        return parse(text, source, "prepare the clips again");
    }

    /**
     * The rows of a table, header line included. An empty text has none.
     *
     * @param source the file, for messages
     * @param remedy what messages tell to do
     * @throws CorpusException if a quote is never closed or stands inside an unquoted field
     */
    static List<Row> parse(String text, Path source, String remedy) throws CorpusException {
        Csv csv = new Csv(text, source, remedy);
        List<Row> rows = new ArrayList<>();
        while (csv.position < text.length()) {
            rows.add(csv.row());
        }
        return rows;
    }

    private Row row() throws CorpusException {
        int first = line;
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(position < text.length() && text.charAt(position) == '"' ? quoted() : unquoted());
            if (position == text.length()) {
                return new Row(first, fields);
            }
            char end = text.charAt(position++);
            if (end == '\r' && position < text.length() && text.charAt(position) == '\n') {
                end = text.charAt(position++);
            }
            if (end == '\n') {
                line++;
                return new Row(first, fields);
            }
            if (end != ',') {
                throw bad(line, "expected a comma or the line's end after a quoted field");
            }
        }
    }

    private String unquoted() throws CorpusException {
        int start = position;
        while (position < text.length()) {
            char c = text.charAt(position);
            if (c == ',' || c == '\n' || c == '\r') {
                break;
            }
            if (c == '"') {
                throw bad(line, "a quote inside an unquoted field");
            }
            position++;
        }
        return text.substring(start, position);
    }

    private String quoted() throws CorpusException {
        int opened = line;
        StringBuilder field = new StringBuilder();
        position++;
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '\n') {
                line++;
            }
            if (c != '"') {
                field.append(c);
            } else if (position < text.length() && text.charAt(position) == '"') {
                field.append('"');
                position++;
            } else {
                return field.toString();
            }
        }
        throw bad(opened, "a quote that is never closed");
    }

    private CorpusException bad(int where, String what) {
        return new CorpusException(source + ": line " + where + ": " + what + "; " + remedy);
    }
}

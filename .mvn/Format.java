import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks or mends the layout of every Java file under a folder, build outputs aside: {@code Format check|write FOLDER}. */
final class Format {
    private static final JavaFormatterOptions OPTIONS = JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build();

    public static void main(String[] args) throws IOException, FormatterException {
        boolean write = args[0].equals("write");
        Path root = Path.of(args[1]);
        List<Path> files;
        try (var walk = Files.walk(root)) {
            files = walk.filter(p -> p.toString().endsWith(".java"))
                    .filter(p -> !root.relativize(p)
                            .toString()
                            .contains("target" + p.getFileSystem().getSeparator()))
                    .sorted()
                    .toList();
        }
        int bad = 0;
        for (Path file : files) {
            String source = Files.readString(file);
            String formatted = format(file, source);
            if (formatted.equals(source)) {
                continue;
            }
            if (write) {
                Files.writeString(file, formatted);
            } else {
                bad++;
                System.err.println("not formatted: " + file);
            }
        }
        if (bad > 0) {
            System.err.println(bad + " files are not formatted: mvn validate -Dformat.mode=write");
            System.exit(1);
        }
    }

    private static String format(Path file, String source) throws FormatterException {
        try {
            String trimmed = RemoveUnusedImports.removeUnusedImports(source);
            trimmed = ImportOrderer.reorderImports(trimmed, JavaFormatterOptions.Style.PALANTIR);
            return Formatter.createFormatter(OPTIONS).formatSource(trimmed);
        } catch (FormatterException e) {
            throw new FormatterException(file + ": " + e.getMessage());
        }
    }
}

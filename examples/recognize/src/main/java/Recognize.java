import dev.onda.audio.AudioFile;
import dev.onda.recognize.Recognizer;
import java.io.IOException;
import java.nio.file.Path;

public final class Recognize {
    public static void main(String[] args) {
        try {
            var heard = Recognizer.load(Path.of(args[0])).recognize(AudioFile.read(Path.of(args[1])));
            IO.println(heard.word() + " " + heard.score());
        } catch (IOException e) {
            System.err.println(e);
        }
    }
}

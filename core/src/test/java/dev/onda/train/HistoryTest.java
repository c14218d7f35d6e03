package dev.onda.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

    private static final String HEADER =
            "epoch,learning_rate,training_loss,training_accuracy,validation_loss,validation_accuracy,seconds\n";

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        Path file = folder.resolve("h.csv");
        List<Epoch> epochs =
                List.of(new Epoch(1, 0.004, 1.5, 0.25, 1.25, 0.5, 12.5), new Epoch(2, 1.6e-8, 0.5, 0.75, 0.25, 1, 12));
        History.write(file, epochs);
        assertThat(Files.readString(file)).startsWith(HEADER).contains("1,0.00400000,1.500000,0.250000,1.250000,");
        assertThat(History.read(file)).isEqualTo(epochs);
    }

    @Test
    void aHistoryWithoutEpochsIsAHeader() throws IOException {
        Path file = folder.resolve("h.csv");
        History.write(file, List.of());
        assertThat(Files.readString(file)).isEqualTo(HEADER);
        assertThat(History.read(file)).isEmpty();
    }

    @Test
    void keepsLossesThatAreNoNumbers() throws IOException {
        Path file = folder.resolve("h.csv");
        List<Epoch> epochs = List.of(new Epoch(1, 1, Double.NaN, 0, Double.POSITIVE_INFINITY, 0, 0));
        History.write(file, epochs);
        assertThat(History.read(file)).isEqualTo(epochs);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "epoch,loss\n1,2\n", "\n"})
    void refusesAnotherTable(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("h.csv"), content);
        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": line 1: not a history of a training");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2,1,1,1,1,1", "2,1,1,1,1,1,1,1", "x,1,1,1,1,1,1", "2,1,1,,1,1,1", "", "2.0,1,1,1,1,1,1"})
    void refusesALineThatIsNone(String line) throws IOException {
        Path file = Files.writeString(folder.resolve("h.csv"), HEADER + "1,1,1,1,1,1,1\n" + line + "\n");
        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": line 3: not a line of a history");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Path file = Files.write(folder.resolve("h.csv"), new byte[] {'e', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> History.read(file))
                .isInstanceOf(IOException.class)
                .hasMessage(file + ": line 1: not a history of a training");
    }
}

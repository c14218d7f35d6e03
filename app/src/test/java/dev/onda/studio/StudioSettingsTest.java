package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudioSettingsTest {

    @Test
    void showsItsUserWhereCorporaBelong() throws Exception {
        InetAddress own = InetAddress.getLoopbackAddress();
        Path home = Path.of(System.getProperty("user.home"));
        assertThat(shown(own, Path.of("onda-studio")))
                .isEqualTo(Path.of("onda-studio", "corpora").toString());
        assertThat(shown(own, home.resolve("s")))
                .isEqualTo(Path.of("~", "s", "corpora").toString());
        Path other = Path.of("/elsewhere").toAbsolutePath();
        assertThat(shown(own, other)).isEqualTo(other.resolve("corpora").toString());
        assertThat(shown(InetAddress.getByName("0.0.0.0"), other))
                .as("to others no path")
                .isEqualTo("corpora");
    }

    private static String shown(InetAddress address, Path folder) {
        Optional<String> token = Optional.of("correct-horse-battery");
        return new StudioSettings(address, 0, folder, List.of(), token, "onda test", Limits.defaults()).shownCorpora();
    }
}

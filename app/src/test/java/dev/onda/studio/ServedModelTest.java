package dev.onda.studio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelTest {

    /** A window lasts a second: with hops of an eighth, 8 seconds have about 56 whole ones. */
    private static final int WINDOWS = 50;

    @TempDir
    private Path folder;

    /** Noise that the gate keeps out would warm nothing. */
    @Test
    void warmUpBringsWindowsThroughTheNetwork() throws Exception {
        ServedModel served = new ServedModel(Shelf.BOX, new TestStudio.Box(folder).box(), 1);

        int windows = served.warmUp();

        assertThat(windows).isGreaterThanOrEqualTo(WINDOWS);
    }
}

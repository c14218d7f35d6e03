package dev.onda.nn.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which layers are done by transforms, and of what length. */
final class FftChoiceTest {

    /** Any vectors. */
    private static final Spectrum MIDDLE = new Spectrum(256);
    /** Only where a vector is no longer than half of 16 lanes; elsewhere the next length. */
    private static final Spectrum SHORT =
            new VectorKernels().hasFastFft(new Spectrum(128)) ? new Spectrum(128) : MIDDLE;

    private static Optional<Spectrum> choice(int inputs, int outputs, int taps, int stride, int length, int padding) {
        ConvShape shape =
                new ConvShape(inputs, outputs, taps, stride, 1, 1, length, padding / 2, padding - padding / 2);
        return FftChoice.of(shape, new VectorKernels());
    }

    @Test
    void takesTheLengthsThatWereMeasuredToBeFastest() {
        assertThat(choice(1, 8, 100, 1, 8000, 99)).contains(new Spectrum(512));
        assertThat(choice(8, 16, 60, 1, 4000, 59)).contains(MIDDLE);
        assertThat(choice(16, 24, 40, 1, 2000, 39)).contains(MIDDLE);
        assertThat(choice(24, 32, 20, 1, 1000, 19)).contains(SHORT);
        assertThat(choice(1, 32, 80, 4, 8000, 0)).contains(SHORT);
    }

    @Test
    void takesNoneWhereTheDirectFormIsAsFast() {
        assertThat(choice(1, 8, 15, 1, 8000, 14)).isEmpty();
        assertThat(choice(1, 3, 100, 1, 8000, 99)).isEmpty();
        assertThat(choice(1, 8, 100, 1, 127, 99)).isEmpty();
        assertThat(choice(1, 8, 257, 1, 8000, 256)).isEmpty();
        assertThat(FftChoice.of(new ConvShape(4, 8, 100, 1, 1, 2, 8000, 0, 0), new VectorKernels()))
                .isEmpty();
        assertThat(FftChoice.of(new ConvShape(1, 8, 100, 1, 1, 1, 8000, 0, 0), new ScalarKernels()))
                .isEmpty();
    }

    @Test
    void longerKernelsGetLongerTransforms() {
        assertThat(choice(1, 8, 129, 1, 8000, 128)).contains(new Spectrum(512));
        assertThat(choice(32, 32, 256, 1, 1000, 255)).contains(new Spectrum(512));
    }
}

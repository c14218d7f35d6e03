package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProvenanceTest {

    @Test
    void creditsOfTwoKindsOfDataAreNamedOnce() {
        assertThat(Provenance.both("", "")).isEmpty();
        assertThat(Provenance.both("", "Words, A. Body")).isEqualTo("Words, A. Body");
        String both = Provenance.both("Words; CC BY 4.0", "Beeps; CC BY 4.0");
        assertThat(both).isEqualTo("Words; CC BY 4.0; Beeps; CC BY 4.0");
        assertThat(Provenance.both(both, "Beeps; CC BY 4.0")).isEqualTo(both);
        assertThat(Provenance.both("Words; CC BY 4.0", both)).isEqualTo(both);
    }
}

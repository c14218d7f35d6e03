package dev.onda.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ArgumentsTest {

    @Test
    void overlaysTheDefaults() {
        Arguments all = Arguments.parse(List.of("--peer", "libtorch-bf16", "--pairs", "9", "--threads", "1"));
        assertThat(all.cases()).isEqualTo(Case.ALL);
        assertThat(all.peers()).containsExactly(Peer.LIBTORCH_BF16);
        assertThat(all.pace().pairs()).isEqualTo(9);
        assertThat(all.pace().turnSeconds()).isEqualTo(Pace.defaults().turnSeconds());
        assertThat(all.threads()).isEqualTo(1);
    }

    @Test
    void saysWhatThereIs() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(List.of("--peer", "keras")))
                .withMessage(
                        "no such peer: keras; there are libtorch, libtorch-tuned, libtorch-bf16, onnxruntime, dl4j");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(List.of("--pairs", "none")))
                .withMessage("--pairs takes a positive number, not none");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Arguments.parse(List.of("--pairs")))
                .withMessageContaining("not understood: --pairs");
    }
}

package dev.onda.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each peer computes what Onda computes: three clips, one step. Skipped where its native half does not load. */
final class PeerTest {

    static Stream<Arguments> works() {
        return Stream.of(Peer.values())
                .flatMap(peer -> Stream.of("article", "m5")
                        .flatMap(network -> Stream.of(Work.values())
                                .filter(work -> peer.refusal(work).isEmpty())
                                .map(work -> Arguments.of(peer, network, work))));
    }

    @ParameterizedTest
    @MethodSource("works")
    void agreesWithOnda(Peer peer, String network, Work work) {
        Problem problem = new Problem(network, work, 3, 1, false, 5);
        Agreement agreement;
        try {
            agreement = Match.agreement(problem, peer);
        } catch (LinkageError e) {
            abort(peer.label() + " does not load here: " + e);
            return;
        }
        assertThat(agreement.isWithin(peer.tolerance()))
                .as(agreement.toString())
                .isTrue();
        if (peer != Peer.LIBTORCH_BF16) {
            agreement.step().ifPresent(step -> {
                assertThat(step.loss().relative()).isLessThan(1e-5);
                assertThat(step.updates().relative()).isLessThan(0.1);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("works")
    void doesItsWork(Peer peer, String network, Work work) {
        Problem problem = new Problem(network, work, 2, 1, true, 6);
        try (Contender contender = peer.enter(problem)) {
            contender.run();
            contender.run();
            assertThat(contender.logits()).hasSize(2 * Problem.WORDS).doesNotContain(Float.NaN);
        } catch (LinkageError e) {
            abort(peer.label() + " does not load here: " + e);
        }
    }
}

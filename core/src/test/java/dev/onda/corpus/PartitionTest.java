package dev.onda.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PartitionTest {

    @Test
    void knowsThePublishedValidationClips() {
        assertThat(List.of(
                        "105e72bb_nohash_0.wav",
                        "d107dc42_nohash_0.wav",
                        "6071a214_nohash_1.wav",
                        "bfbd0e6b_nohash_1.wav",
                        "6a27a9bf_nohash_0.wav",
                        "f17be97f_nohash_1.wav",
                        "db9d52d2_nohash_1.wav",
                        "2a89ad5c_nohash_1.wav"))
                .allMatch(name -> Partition.ofFileName(name) == Partition.VALIDATION);
    }

    @Test
    void knowsThePublishedTestingClips() {
        assertThat(List.of(
                        "1528225c_nohash_2.wav",
                        "d5ca80c6_nohash_1.wav",
                        "6205088b_nohash_1.wav",
                        "d1a4fb3f_nohash_2.wav",
                        "840c366d_nohash_1.wav",
                        "1528225c_nohash_0.wav",
                        "e41a903b_nohash_1.wav",
                        "cc592808_nohash_3.wav"))
                .allMatch(name -> Partition.ofFileName(name) == Partition.TESTING);
    }

    @Test
    void leavesTheRestToTraining() {
        assertThat(List.of(
                        "c38720cb_nohash_1.wav",
                        "f174517e_nohash_0.wav",
                        "dec73123_nohash_0.wav",
                        "f3210686_nohash_0.wav",
                        "89ed36ab_nohash_0.wav",
                        "c634a189_nohash_0.wav",
                        "f21893dc_nohash_1.wav",
                        "531a5b8a_nohash_1.wav"))
                .allMatch(name -> Partition.ofFileName(name) == Partition.TRAINING);
    }

    @Test
    void keepsASpeakerOnOneSide() {
        Partition first = Partition.ofFileName("105e72bb_nohash_0.wav");
        for (int repetition = 1; repetition < 20; repetition++) {
            assertThat(Partition.ofFileName("105e72bb_nohash_" + repetition + ".flac"))
                    .isEqualTo(first);
        }
    }

    @Test
    void doesNotCountTheFolder() {
        assertThat(Partition.ofFileName("bed/105e72bb_nohash_0.wav")).isEqualTo(Partition.VALIDATION);
        assertThat(Partition.ofFileName("any_nohash_where/105e72bb_nohash_0.wav"))
                .isEqualTo(Partition.VALIDATION);
    }

    /** As the published Python gives for names without a speaker: the ending is hashed too. */
    @Test
    void hashesANameWithoutSpeakerWhole() {
        assertThat(Partition.ofFileName("take13.wav")).isEqualTo(Partition.VALIDATION);
        assertThat(Partition.ofFileName("take5.wav")).isEqualTo(Partition.TESTING);
        assertThat(Partition.ofFileName("take0.wav")).isEqualTo(Partition.TRAINING);
    }

    @Test
    void agreesWithThePublishedListsOfTheWholeDataSet() throws IOException {
        Path shared = SharedClips.folder();
        List<String> validation = Files.readAllLines(shared.resolve("validation_list.txt"));
        List<String> testing = Files.readAllLines(shared.resolve("testing_list.txt"));
        assertThat(validation).hasSize(6798).allMatch(name -> Partition.ofFileName(name) == Partition.VALIDATION);
        assertThat(testing).hasSize(6835).allMatch(name -> Partition.ofFileName(name) == Partition.TESTING);
    }
}

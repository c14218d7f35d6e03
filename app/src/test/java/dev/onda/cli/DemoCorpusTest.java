package dev.onda.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCorpusTest {
    @TempDir
    static Path folder;

    private static List<Path> clips = List.of();

    @BeforeAll
    static void unpack() throws IOException {
        DemoCorpus.unpackTo(folder);
        try (var walk = Files.walk(folder)) {
            clips = walk.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void isSmall() throws IOException {
        try (var resource = DemoCorpus.class.getResourceAsStream(DemoCorpus.RESOURCE)) {
            assertThat(resource).isNotNull();
            assertThat(resource.readAllBytes().length).isLessThan(4_000_000);
        }
    }

    @Test
    void everyVoiceSaysEveryWordTwice() {
        assertThat(clips.stream().map(DemoCorpusTest::word).distinct())
                .containsExactlyInAnyOrder("yes", "no", "up", "down", "left", "right", "on", "off", "stop", "go");
        Map<String, Long> clipsBySpeaker = clips.stream().collect(groupingBy(DemoCorpusTest::speaker, counting()));
        assertThat(clipsBySpeaker)
                .hasSize(60)
                .allSatisfy((speaker, count) -> assertThat(count).isEqualTo(20));
    }

    @Test
    void thePublishedRuleGivesEachPartitionItsOwnVoices() {
        Map<String, Set<String>> voices = clips.stream()
                .collect(groupingBy(DemoCorpusTest::partition, mapping(DemoCorpusTest::speaker, toSet())));
        assertThat(voices.get("validation")).hasSize(7);
        assertThat(voices.get("testing")).hasSize(8);
        assertThat(voices.get("training"))
                .hasSize(45)
                .doesNotContainAnyElementsOf(voices.get("validation"))
                .doesNotContainAnyElementsOf(voices.get("testing"));
        assertThat(voices.get("validation")).doesNotContainAnyElementsOf(voices.get("testing"));
    }

    @Test
    void everyClipIsAShortWaveFile() throws Exception {
        for (Path clip : clips) {
            AudioFileFormat format = AudioSystem.getAudioFileFormat(clip.toFile());
            assertThat(format.getType()).as(clip.toString()).isEqualTo(AudioFileFormat.Type.WAVE);
            assertThat(format.getFormat().getSampleRate()).as(clip.toString()).isEqualTo(8000f);
            assertThat(format.getFormat().getChannels()).as(clip.toString()).isEqualTo(1);
            assertThat(format.getFormat().getSampleSizeInBits())
                    .as(clip.toString())
                    .isEqualTo(8);
            assertThat(format.getFrameLength()).as(clip.toString()).isBetween(1000, 8000);
        }
    }

    @Test
    void noClipIsAnother() throws Exception {
        MessageDigest sha = MessageDigest.getInstance("SHA-256");
        assertThat(clips.stream().map(clip -> HexFormat.of().formatHex(sha.digest(read(clip)))))
                .doesNotHaveDuplicates();
    }

    @Test
    void unpackingAgainMendsWhatWasCutOff() throws IOException {
        Path clip = clips.getFirst();
        byte[] whole = Files.readAllBytes(clip);
        Files.write(clip, new byte[10]);
        assertThat(DemoCorpus.unpackTo(folder)).isEqualTo(folder);
        assertThat(clip).hasBinaryContent(whole);
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String word(Path clip) {
        return folder.relativize(clip).getName(0).toString();
    }

    private static String speaker(Path clip) {
        return clip.getFileName().toString().replaceFirst("_nohash_.*", "");
    }

    /** Written out here once more, independent of the library's own rule. */
    private static String partition(Path clip) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-1").digest(speaker(clip).getBytes(UTF_8));
            long low = new BigInteger(1, hash).mod(BigInteger.ONE.shiftLeft(27)).longValueExact();
            double percent = low * 100.0 / ((1 << 27) - 1);
            return percent < 10 ? "validation" : percent < 20 ? "testing" : "training";
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}

package dev.onda.corpus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * What is wrong with a corpus. Every clip's file is read once, by several threads; then clips are compared. Broken files are
 * findings and stop nothing; background recordings are not looked at.
 *
 * @param clips how many there are
 * @param words sorted
 * @param speakers how many that file names tell
 * @param clipsWithoutSpeaker whose names tell none: they are split at random
 * @param findings by kind, then in the corpus's order; the same for any number of threads
 * @param randomSplit what a split that does not know speakers would give away
 */
public record Audit(
        int clips,
        List<String> words,
        int speakers,
        int clipsWithoutSpeaker,
        List<Finding> findings,
        RandomSplitLeak randomSplit) {
    private static final int BLOCK_CLIPS = 32;

    public Audit {
        words = List.copyOf(words);
        findings = List.copyOf(findings);
    }

    /**
     * Looks at every clip.
     *
     * @param threads clips looked at at once, at least 1
     * @param progress is told now and then how many clips are done, by the calling thread
     * @throws InterruptedIOException if the thread is interrupted
     * @throws IOException if looking fails otherwise, which no file's content makes it do
     */
    public static Audit of(Corpus corpus, int threads, IntConsumer progress) throws IOException {
        List<ExaminedClip> clips = new ArrayList<>(corpus.clips().size());
        new OrderedBlocks("auditing", corpus.clips().size(), BLOCK_CLIPS, threads)
                .run((first, end) -> examined(corpus, first, end), (block, done) -> {
                    clips.addAll(block);
                    progress.accept(done);
                });
        List<Finding> findings = new ArrayList<>();
        clips.forEach(clip -> findings.addAll(clip.findings()));
        findings.addAll(Comparison.rates(clips));
        findings.addAll(Comparison.words(corpus.words(), clips));
        findings.addAll(Repeats.among(clips));
        findings.addAll(Speakers.acrossPartitions(clips));
        findings.addAll(PublishedLists.of(corpus.root()).against(clips));
        findings.sort(Comparator.comparing(Finding::kind));
        List<String> speakers = corpus.clips().stream().map(Clip::speaker).toList();
        return new Audit(
                clips.size(),
                corpus.words(),
                (int) speakers.stream().filter(s -> !s.isEmpty()).distinct().count(),
                (int) speakers.stream().filter(String::isEmpty).count(),
                findings,
                RandomSplitLeak.of(corpus));
    }

    private static List<ExaminedClip> examined(Corpus corpus, int first, int end) {
        return corpus.clips().subList(first, end).stream()
                .map(clip -> ExaminedClip.of(clip, corpus.root()))
                .toList();
    }

    /** The findings of one kind. */
    public List<Finding> of(FindingKind kind) {
        return findings.stream().filter(f -> f.kind() == kind).toList();
    }

    /** The same with findings of these kinds only. */
    public Audit only(Set<FindingKind> kinds) {
        List<Finding> wanted =
                findings.stream().filter(f -> kinds.contains(f.kind())).toList();
        return new Audit(clips, words, speakers, clipsWithoutSpeaker, wanted, randomSplit);
    }
}

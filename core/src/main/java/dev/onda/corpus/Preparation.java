package dev.onda.corpus;

import dev.onda.audio.AudioFormatException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Turns the clips of a corpus into a {@link ClipStore}: decoded, resampled, padded or cut to one window, once and for
 * all.
 *
 * <p>Clips are cut into blocks of about a megabyte; threads decode blocks, the calling thread writes them in the corpus's
 * order. So the store is the same byte for byte for any number of threads, and only a few blocks are in memory.
 */
public final class Preparation {
    private static final int BLOCK_BYTES = 1 << 20;

    private static final String WORK = "preparing";

    private final Corpus corpus;
    private final ClipDecoder decoder;
    private final int windowBytes;
    private final OrderedBlocks work;
    private final PrepareOptions options;
    private final Listener listener;
    private final List<SkippedClip> skipped = new ArrayList<>();
    private final Set<String> wordsStored = new HashSet<>();
    private int stored;

    private Preparation(Corpus corpus, ClipFormat format, PrepareOptions options, Listener listener) {
        this.corpus = corpus;
        this.decoder = new ClipDecoder(format);
        this.windowBytes = format.windowSamples() * Short.BYTES;
        this.work = new OrderedBlocks(
                WORK, corpus.clips().size(), Math.max(1, BLOCK_BYTES / windowBytes), options.threads());
        this.options = options;
        this.listener = listener;
    }

    /** Hears how far the work is. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Called now and then, by the thread that prepares.
         *
         * @param done clips looked at, stored or skipped
         * @param total clips of the corpus
         */
        void prepared(int done, int total);
    }

    /**
     * What came of it.
     *
     * @param stored the number of clips in the store
     * @param skipped the bad ones, in the corpus's order
     */
    public record Report(int stored, List<SkippedClip> skipped) {
        public Report {
            skipped = List.copyOf(skipped);
        }
    }

    /**
     * Writes a store into {@code folder}, in place of one that is there. A clip that cannot be read, is empty, longer than
     * two windows or shorter than a twentieth of one is skipped and reported. The files get their names when they are
     * whole and on disk; a run that fails or is killed leaves no store, or the one from before.
     *
     * @throws CorpusException if the corpus has no clips, all clips of a word are bad, a clip is bad in strict mode (the
     *     first in the corpus's order), or the folder is a file, is being written to, or has too little room
     * @throws InterruptedIOException if the thread is interrupted
     * @throws IOException if writing fails, as on a full disk
     */
    public static Report prepare(
            Corpus corpus, ClipFormat format, Path folder, PrepareOptions options, Listener listener)
            throws IOException {
        int clips = corpus.clips().size();
        if (clips == 0) {
            throw new CorpusException(corpus.root() + ": no clips to prepare");
        }
        try (StoreWriter writer = StoreWriter.open(folder, format, clips)) {
            return new Preparation(corpus, format, options, listener).run(writer);
        } catch (CorpusException | InterruptedIOException e) {
            throw e;
        } catch (ClosedByInterruptException e) {
            throw OrderedBlocks.interrupted(WORK, e);
        } catch (IOException e) {
            throw new IOException(folder + ": preparing stopped: " + e.getMessage(), e);
        }
    }

    private Report run(StoreWriter writer) throws IOException {
        work.run(this::decode, (block, done) -> {
            write(block, writer);
            listener.prepared(done, corpus.clips().size());
        });
        refuseWordsWithoutClips();
        writeBackground(writer);
        String attribution = Attribution.read(corpus.root());
        if (!attribution.isEmpty()) {
            writer.writeAttribution(attribution);
        }
        writer.commit(skipped, corpus.leftOut());
        return new Report(stored, skipped);
    }

    /**
     * Neighbouring clips, decoded.
     *
     * @param first the first one's place in the corpus
     * @param samples the windows of the good ones, one after the other
     * @param outcomes one a clip
     */
    private record Block(int first, ByteBuffer samples, List<Outcome> outcomes) {}

    private Block decode(int first, int end) {
        ByteBuffer samples = ByteBuffer.allocate((end - first) * windowBytes).order(ByteOrder.LITTLE_ENDIAN);
        List<Outcome> outcomes = new ArrayList<>(end - first);
        for (int i = first; i < end; i++) {
            Outcome outcome = decoder.decode(corpus.clips().get(i).path(), samples);
            outcomes.add(outcome);
            if (options.strict() && outcome instanceof Outcome.Skipped) {
                break; // the writer stops at this one
            }
        }
        return new Block(first, samples.flip(), outcomes);
    }

    private void write(Block block, StoreWriter writer) throws IOException {
        writer.writeSamples(block.samples());
        for (int i = 0; i < block.outcomes().size(); i++) {
            Clip clip = corpus.clips().get(block.first() + i);
            Path path = corpus.root().relativize(clip.path());
            switch (block.outcomes().get(i)) {
                case Outcome.Stored outcome -> {
                    writer.writeRow(StoreWriter.slashes(path), clip, outcome);
                    wordsStored.add(clip.word());
                    stored++;
                }
                case Outcome.Skipped(String reason, long byteOffset) -> {
                    if (options.strict()) {
                        throw new CorpusException(clip.path() + ": " + reason + " (byte " + byteOffset
                                + "); mend or remove it, or skip bad clips");
                    }
                    skipped.add(new SkippedClip(path, reason, byteOffset));
                }
            }
        }
    }

    private void writeBackground(StoreWriter writer) throws IOException {
        List<StoreWriter.Recording> recordings = new ArrayList<>();
        for (Path path : corpus.background()) {
            Path relative = corpus.root().relativize(path);
            try {
                ByteBuffer samples = decoder.decodeRecording(path);
                if (samples.remaining() < windowBytes) {
                    skipRecording(new SkippedClip(relative, "shorter than one window", 0));
                } else {
                    recordings.add(new StoreWriter.Recording(relative, samples));
                }
            } catch (AudioFormatException e) {
                skipRecording(new SkippedClip(relative, e.reason(), Math.max(0, e.byteOffset())));
            } catch (FileSystemException e) {
                skipRecording(new SkippedClip(relative, "unreadable", 0));
            } catch (IllegalArgumentException e) {
                skipRecording(new SkippedClip(relative, String.valueOf(e.getMessage()), 0));
            }
        }
        if (!recordings.isEmpty()) {
            writer.writeBackground(recordings);
        }
    }

    private void skipRecording(SkippedClip recording) throws CorpusException {
        if (options.strict()) {
            throw new CorpusException(corpus.root().resolve(recording.path()) + ": " + recording.reason() + " (byte "
                    + recording.byteOffset() + "); mend or remove it, or skip bad clips");
        }
        skipped.add(recording);
    }

    private void refuseWordsWithoutClips() throws CorpusException {
        for (Clip clip : corpus.clips()) {
            if (!wordsStored.contains(clip.word())) {
                Path path = corpus.root().relativize(clip.path());
                SkippedClip first = skipped.stream()
                        .filter(s -> s.path().equals(path))
                        .findFirst()
                        .orElseThrow();
                throw new CorpusException(corpus.root() + ": no clip of '" + clip.word()
                        + "' can be used; the first: " + path + ": " + first.reason() + " (byte " + first.byteOffset()
                        + "); mend them or leave the word out");
            }
        }
    }
}

package dev.onda.corpus;

import dev.onda.audio.Wave;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * One clip, looked at by itself: what is wrong with it, and what it takes to compare it with others.
 *
 * @param clip the clip
 * @param path relative to the corpus's root, with forward slashes
 * @param isUsable whether preparing takes it
 * @param sha256 of its file, in hexadecimal; empty if it holds no sound
 * @param sampleRateHz 0 if it holds no sound
 * @param findings without those that compare clips
 */
record ExaminedClip(Clip clip, String path, boolean isUsable, String sha256, int sampleRateHz, List<Finding> findings) {
    private static final double WINDOW_SECONDS = 1;
    private static final ClipReader READER = new ClipReader(WINDOW_SECONDS);

    static final double SILENT_DB = -40;

    private static final double CUT_BELOW_LOUDEST_DB = 12;
    private static final double CUT_ABOVE_FLOOR_DB = 10;
    private static final double MOST_DC_PERCENT = 1;

    /** Reads the clip's file, once. */
    static ExaminedClip of(Clip clip, Path root) {
        Examination examination = new Examination(clip, StoreWriter.slashes(root.relativize(clip.path())));
        return switch (READER.read(clip.path())) {
            case ClipReader.Reading.Nothing(Outcome.Skipped(String reason, long byteOffset)) -> {
                examination.find(FindingKind.UNREADABLE, (double) byteOffset, reason);
                yield examination.result(false, "", 0);
            }
            case ClipReader.Reading.Sound(byte[] file, Wave wave) -> {
                String sha256 = HexFormat.of().formatHex(Digests.sha256().digest(file));
                yield examination.result(examination.listenTo(wave), sha256, wave.sampleRateHz());
            }
        };
    }

    /**
     * The level at one end of a clip, against the rest of it.
     *
     * @param belowDb how much softer than the loudest part
     * @param aboveDb how much louder than the background
     */
    record Edge(double belowDb, double aboveDb) {

        /** @param level of the first or the last frame */
        static Edge of(double level, ClipMeasures measures) {
            double edgeDb = ClipMeasures.decibels(level);
            return new Edge(
                    ClipMeasures.decibels(measures.loudest()) - edgeDb,
                    edgeDb - ClipMeasures.decibels(measures.floor()));
        }

        /** Whether it is no pause, so that the word may go on beyond it. */
        boolean isCut() {
            return belowDb < CUT_BELOW_LOUDEST_DB && aboveDb > CUT_ABOVE_FLOOR_DB;
        }
    }

    /** A finding about this clip. */
    Finding finding(FindingKind kind, double figure, String detail) {
        return new Finding(kind, path, clip.word(), clip.partition(), figure, detail);
    }

    /** The look at one clip. */
    private record Examination(Clip clip, String path, List<Finding> found) {

        Examination(Clip clip, String path) {
            this(clip, path, new ArrayList<>());
        }

        ExaminedClip result(boolean isUsable, String sha256, int sampleRateHz) {
            return new ExaminedClip(clip, path, isUsable, sha256, sampleRateHz, List.copyOf(found));
        }

        void find(FindingKind kind, double figure, String detail) {
            found.add(new Finding(kind, path, clip.word(), clip.partition(), figure, detail));
        }

        /** Whether its length is one that preparing takes. */
        boolean listenTo(Wave wave) {
            return switch (READER.length(wave)) {
                case TOO_SHORT -> {
                    find(FindingKind.TOO_SHORT, wave.seconds(), READER.lengthReason(wave));
                    yield false;
                }
                case TOO_LONG -> {
                    find(FindingKind.TOO_LONG, wave.seconds(), READER.lengthReason(wave));
                    yield false;
                }
                case FINE -> {
                    if (wave.seconds() < WINDOW_SECONDS) {
                        find(FindingKind.SHORT, wave.seconds(), "shorter than a second");
                    } else if (wave.seconds() > WINDOW_SECONDS) {
                        find(FindingKind.LONG, wave.seconds(), "longer than a second");
                    }
                    measure(ClipMeasures.of(wave));
                    yield true;
                }
            };
        }

        private void measure(ClipMeasures measures) {
            if (measures.isNearSilent()) {
                double loudestDb = ClipMeasures.decibels(measures.loudest());
                find(FindingKind.NEAR_SILENT, loudestDb, "its loudest 20 ms are softer than -40 dBFS");
            } else {
                edge(FindingKind.CUT_AT_START, measures.first(), measures);
                edge(FindingKind.CUT_AT_END, measures.last(), measures);
            }
            if (measures.fullScale() > 0) {
                find(
                        FindingKind.CLIPPED,
                        measures.fullScale(),
                        measures.fullScale() == 1
                                ? "1 sample at full scale, perhaps as it was normalised"
                                : measures.fullScale() + " samples at full scale");
            }
            double dcPercent = 100 * measures.mean();
            if (Math.abs(dcPercent) > MOST_DC_PERCENT) {
                find(
                        FindingKind.DC_OFFSET,
                        Math.abs(dcPercent),
                        String.format(Locale.ROOT, "its mean is %+.2f %% of full scale, not 0", dcPercent));
            }
        }

        private void edge(FindingKind kind, double level, ClipMeasures measures) {
            Edge edge = Edge.of(level, measures);
            if (edge.isCut()) {
                find(
                        kind,
                        0 - edge.belowDb(),
                        String.format(
                                Locale.ROOT,
                                "%s 20 ms are only %.1f dB softer than its loudest part, and %.1f dB above its background",
                                kind == FindingKind.CUT_AT_START ? "its first" : "its last",
                                edge.belowDb(),
                                edge.aboveDb()));
            }
        }
    }
}

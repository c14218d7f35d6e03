package dev.onda.cli;

import dev.onda.corpus.FindingKind;

/** What preparing does about what an audit finds, and what its owner may do. */
final class AuditAdvice {

    private AuditAdvice() {}

    /** Whether its clips are no loss: they are skipped anyway, or teach or judge what is wrong. Nobody has to listen first. */
    static boolean isBetterLeftOut(FindingKind kind) {
        return switch (kind) {
            case UNREADABLE, TOO_SHORT, TOO_LONG, REPEATED_ACROSS_WORDS, REPEATED_ACROSS_PARTITIONS -> true;
            case SPEAKER_ACROSS_PARTITIONS,
                    LISTED_ELSEWHERE,
                    EMPTY_PARTITION,
                    FEW_CLIPS,
                    NEAR_SILENT,
                    CUT_AT_START,
                    CUT_AT_END,
                    CLIPPED,
                    DC_OFFSET,
                    REPEATED,
                    OTHER_RATE,
                    LONG,
                    SHORT -> false;
        };
    }

    /** Both, in half a line: what is done, then what to do. */
    static String on(FindingKind kind) {
        return switch (kind) {
            case UNREADABLE -> "skipped; mend or delete it";
            case TOO_SHORT -> "skipped; record it again";
            case TOO_LONG -> "skipped; cut it";
            case REPEATED_ACROSS_WORDS -> "kept as both words; listen, leave the wrong one out";
            case REPEATED_ACROSS_PARTITIONS -> "kept: judged by what was learned; leave it out";
            case SPEAKER_ACROSS_PARTITIONS -> "kept; if it is one voice, give it one name";
            case LISTED_ELSEWHERE -> "the lists do not count; compare no figures with those of others";
            case EMPTY_PARTITION ->
                "nothing; no training without training and validation, testing is for a last judgement only";
            case FEW_CLIPS -> "nothing; record more, or take onda teach for 5 to 20 clips";
            case NEAR_SILENT -> "kept; listen, leave it out if no word is in it";
            case CUT_AT_START, CUT_AT_END -> "kept; listen, leave it out if the word cannot be told";
            case CLIPPED -> "kept: no harm if few; record softer";
            case DC_OFFSET -> "kept: no harm where normalization is level, as it mostly is";
            case REPEATED -> "kept: counts more than once; no harm if few";
            case OTHER_RATE -> "resampled: what was above half of a low rate stays missing";
            case LONG -> "cut to its loudest second: no harm";
            case SHORT -> "padded to a second: no harm";
        };
    }
}

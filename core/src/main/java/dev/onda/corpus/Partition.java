package dev.onda.corpus;

import java.nio.ByteBuffer;

/**
 * What a clip is for: learned from, looked at while learning, or kept for the final judgement.
 *
 * <p>The rule is the published one of Speech Commands (Warden 2018, arXiv 1804.03209; {@code which_set} in TensorFlow's
 * input_data.py) at its usual 10 % and 10 %. It hashes the speaker, so that no voice is in two partitions.
 */
public enum Partition {
    TRAINING,
    VALIDATION,
    TESTING;

    private static final int MAX_CLIPS_PER_WORD = (1 << 27) - 1;

    /**
     * The partition that the published rule gives: SHA-1 of the name up to {@code _nohash_} as an integer mod 2^27, as a
     * percentage of 2^27 - 1; below 10 validation, below 20 testing, else training.
     *
     * <p>A name without {@code _nohash_} is hashed whole, ending included, as the published code does: it then tells
     * apart files, not speakers.
     *
     * @param fileName a clip's file name; a folder before it, up to the last {@code /}, does not count
     */
    public static Partition ofFileName(String fileName) {
        String name = fileName.substring(fileName.lastIndexOf('/') + 1);
        int mark = name.indexOf(Clip.SPEAKER_MARK);
        byte[] hash = Digests.sha1(mark < 0 ? name : name.substring(0, mark));
        int low = ByteBuffer.wrap(hash).getInt(hash.length - Integer.BYTES) & MAX_CLIPS_PER_WORD;
        double percent = low * (100.0 / MAX_CLIPS_PER_WORD);
        if (percent < 10) {
            return VALIDATION;
        }
        return percent < 20 ? TESTING : TRAINING;
    }
}

package dev.onda.corpus;

import java.nio.file.Path;

/**
 * One recording of one word.
 *
 * @param path the audio file
 * @param word what is said: the name of the file's folder
 * @param speaker the file name's part before {@code _nohash_}; empty where the name tells none
 * @param partition what the clip may be used for
 */
public record Clip(Path path, String word, String speaker, Partition partition) {
    /** Stands between speaker and repetition in a Speech Commands file name, as in {@code 0c40e715_nohash_1.wav}. */
    static final String SPEAKER_MARK = "_nohash_";

    /** The speaker that a file name tells, or an empty string. */
    static String speakerOf(String fileName) {
        return fileName.substring(0, Math.max(0, fileName.indexOf(SPEAKER_MARK)));
    }
}

/**
 * Clips on disk: which words a folder holds, who speaks, which partition a clip belongs to, and the prepared store that
 * training reads. A {@link dev.onda.corpus.Corpus} is what was found, a {@link dev.onda.corpus.ClipStore} what was made
 * of it: int16 at one sample rate, every clip one window long.
 *
 * <p>Invariant: the order and the partition of clips follow from their names and one seed alone, so the same folder
 * gives the same store byte for byte, whatever the file system and the number of threads.
 */
@NullMarked
package dev.onda.corpus;

import org.jspecify.annotations.NullMarked;

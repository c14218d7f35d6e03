/**
 * Sound as numbers: waves, the files that hold them, and changes of sample rate. A {@link dev.onda.audio.Wave} is always
 * one channel of floats in [-1, 1] with its rate beside it.
 *
 * <p>Invariant: nothing here knows of words, corpora or networks.
 */
@NullMarked
package dev.onda.audio;

import org.jspecify.annotations.NullMarked;

/**
 * From sound to words.
 *
 * <p>Invariant: nothing of training is needed here, and sound that does not fit the model is made to fit or refused, never
 * silently misheard.
 */
@NullMarked
package dev.onda.recognize;

import org.jspecify.annotations.NullMarked;

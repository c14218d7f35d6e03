/**
 * How good a model is: accuracy with its interval, word by word, and what is mistaken for what.
 *
 * <p>Invariant: a figure counts every clip of the partition it names, each once.
 */
@NullMarked
package dev.onda.evaluate;

import org.jspecify.annotations.NullMarked;

/**
 * How good a model is: accuracy with its interval, word by word and voice by voice, what is mistaken for what, whether its
 * posteriors are honest, what noise does to it, what its first layer listens to, and how it hears words in streams.
 *
 * <p>Invariant: a figure counts every clip of the partition it names, each once, or says how many of them it counts; of a
 * stream, every word that is said in it.
 */
@NullMarked
package dev.onda.evaluate;

import org.jspecify.annotations.NullMarked;

/**
 * From clips to a model: the recipe, the trainer, its checkpoints and its history.
 *
 * <p>Invariant: the same clips, architecture, recipe and seed give the same bits, whatever the number of threads and
 * however often the training was stopped and resumed.
 */
@NullMarked
package dev.onda.train;

import org.jspecify.annotations.NullMarked;

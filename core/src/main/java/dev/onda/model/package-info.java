/**
 * Architectures by name, and the model file: a network with all that recognition needs to know beside it.
 *
 * <p>Invariant: a model file is checked against itself and against its own size before anything is allocated for it.
 */
@NullMarked
package dev.onda.model;

import org.jspecify.annotations.NullMarked;

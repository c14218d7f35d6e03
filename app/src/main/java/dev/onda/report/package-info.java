/**
 * Results to look at: plots, and numbers for TensorBoard.
 *
 * <p>Invariant: every plot has a title, axes with units, a legend that covers no data, and colours that the colour-blind can
 * tell apart.
 */
@NullMarked
package dev.onda.report;

import org.jspecify.annotations.NullMarked;

/**
 * The arithmetic: plain arrays in, plain arrays out. {@link dev.onda.nn.kernel.Kernels} names the primitive loops, once on
 * the Vector API and once as scalar code; {@link dev.onda.nn.kernel.Convolution} builds layers' products and gradients
 * from them and is the seam behind which other forms of convolution stand.
 *
 * <p>Invariant: what a method writes depends on its arguments alone, never on the number of threads; kernels check
 * nothing, the facades in {@code dev.onda.nn} have checked.
 */
@NullMarked
package dev.onda.nn.kernel;

import org.jspecify.annotations.NullMarked;

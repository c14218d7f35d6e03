/**
 * Onda beside other libraries, and its kernels alone. Not part of the default build. Invariant: the two sides of a comparison
 * get the same layers, weights, clips and threads, and a row is printed only after their outputs were compared.
 */
@NullMarked
package dev.onda.peers;

import org.jspecify.annotations.NullMarked;

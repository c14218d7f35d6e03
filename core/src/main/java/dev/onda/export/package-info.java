/**
 * Models in forms that others run: C for small devices, and the hash by which a runner sees whether a model is the one it was made
 * for.
 *
 * <p>Invariant: what is written computes what {@code dev.onda.recognize} computes, and says what it hears: words,
 * rate, window.
 */
@NullMarked
package dev.onda.export;

import org.jspecify.annotations.NullMarked;

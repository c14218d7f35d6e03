/**
 * Layers, networks, gradients and optimizers. Shapes are written {@code (batch, channels, time)}: batch is the number of
 * clips, channels the rows of numbers a clip has at a layer, time the samples of a row; arrays hold them in C order.
 * A {@link dev.onda.nn.Layer} describes, a {@link dev.onda.nn.Network} holds parameters, a {@link dev.onda.nn.Pass} computes.
 *
 * <p>Invariant: nothing here knows of files, words or sound; equal parameters, input and seed give equal bits, whatever the
 * number of threads.
 */
@NullMarked
package dev.onda.nn;

import org.jspecify.annotations.NullMarked;

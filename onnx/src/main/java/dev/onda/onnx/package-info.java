/**
 * Models as ONNX files, for runtimes other than this one. What is written says in its metadata what it hears: words, rate, window,
 * thresholds.
 *
 * <p>Invariant: the graph computes what {@link dev.onda.nn.Pass} computes in use, from samples as they were recorded to
 * probabilities; in eight bits, what {@link dev.onda.onnx.Int8Model} answers.
 */
@NullMarked
package dev.onda.onnx;

import org.jspecify.annotations.NullMarked;

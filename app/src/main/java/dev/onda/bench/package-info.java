/**
 * How fast networks train and recognise on this machine: {@link dev.onda.bench.Benchmark} measures,
 * {@link dev.onda.bench.BenchText} tells.
 *
 * <p>Invariant: what is timed runs at speed first, and a rate is the median of several.
 */
@NullMarked
package dev.onda.bench;

import org.jspecify.annotations.NullMarked;

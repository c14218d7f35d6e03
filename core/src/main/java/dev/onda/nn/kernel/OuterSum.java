package dev.onda.nn.kernel;

/**
 * What {@link Kernels#outer} computes, planned once.
 *
 * @param from first column
 * @param to column behind the last
 * @param terms how many outer products are added
 * @param bStep elements of b from one term to the next
 * @param cStep elements of c from one row to the next
 */
public record OuterSum(int from, int to, int terms, int bStep, int cStep) {}

package dev.onda.model;

/**
 * A named array in a file.
 *
 * @param shape dimensions, C order; not copied
 * @param values as many as the shape says; not copied
 */
public record Tensor(String name, int[] shape, float[] values) {}

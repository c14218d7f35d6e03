package dev.onda.nn.kernel;

/** A parameter's values, their gradient, and Adam's two moments, all of one length; not copied. */
public record AdamArrays(float[] values, float[] gradient, float[] mean, float[] square) {}

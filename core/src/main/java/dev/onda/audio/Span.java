package dev.onda.audio;

/**
 * A stretch of a longer signal.
 *
 * @param samples (time); not copied
 * @param origin the number that {@code samples[0]} has in the signal
 */
record Span(float[] samples, long origin) {}

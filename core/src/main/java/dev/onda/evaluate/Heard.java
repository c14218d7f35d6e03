package dev.onda.evaluate;

/**
 * A word that was detected in a stream.
 *
 * @param time how much of the stream had been heard then, in seconds
 */
public record Heard(String word, double time) {}

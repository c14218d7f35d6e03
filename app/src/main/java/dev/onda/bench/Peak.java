package dev.onda.bench;

/**
 * What the processor can do at best.
 *
 * @param threads that worked at once
 * @param operationsPerSecond of all of them; a fused multiply-add counts as two
 */
public record Peak(int threads, double operationsPerSecond) {}

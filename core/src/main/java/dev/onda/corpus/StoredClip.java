package dev.onda.corpus;

/**
 * What a store knows of a clip beside its samples.
 *
 * @param path the clip's file, relative to the corpus's root, with forward slashes
 * @param word what is said
 * @param speaker who says it; empty where the file name told none
 * @param partition what the clip may be used for
 */
public record StoredClip(String path, String word, String speaker, Partition partition) {}

/**
 * Writing files so that a reader, or a machine that loses its power, finds the old content or the new, never a part.
 *
 * <p>Invariant: under a file's final name stands only what was written whole and forced to disk.
 */
@NullMarked
package dev.onda.file;

import org.jspecify.annotations.NullMarked;

/**
 * Corpora from the network: {@link dev.onda.fetch.Download} brings a file here whole and checked,
 * {@link dev.onda.fetch.Archive} unpacks it into one folder and nowhere else.
 *
 * <p>Invariant: a file under its final name is complete; what is not yet has another name.
 */
@NullMarked
package dev.onda.fetch;

import org.jspecify.annotations.NullMarked;

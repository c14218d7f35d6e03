/**
 * Onda in a browser: a server on this machine, its page, and an API for programs. One {@link dev.onda.studio.Studio} serves one
 * folder, in which recordings, trainings and models lie as the command line reads them.
 *
 * <p>Invariant: what a client sends names things and never paths; every name is looked up among those that there are, or checked
 * to be one part of a path, before it touches a file.
 */
@NullMarked
package dev.onda.studio;

import org.jspecify.annotations.NullMarked;

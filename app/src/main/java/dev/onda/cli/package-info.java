/**
 * The command line: {@link dev.onda.cli.Main} reads it, a class a command does the work, {@link dev.onda.cli.Progress}
 * shows how far it is.
 *
 * <p>Invariant: results go to standard output, everything else to standard error; the exit status is 0 for done, 1 for a
 * defect of ours, 2 for something the user can mend.
 */
@NullMarked
package dev.onda.cli;

import org.jspecify.annotations.NullMarked;

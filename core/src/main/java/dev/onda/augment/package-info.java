/**
 * What may be done to a clip before it is learned from. Each augmentation is a record with its probability and changes
 * samples in place, with randomness that is handed to it.
 *
 * <p>Invariant: the same samples, record and random generator give the same bits.
 */
@NullMarked
package dev.onda.augment;

import org.jspecify.annotations.NullMarked;

/**
 * The work of a training, by which AOT caches are made.
 */
@NullMarked
package lectern.launcher.training;

import org.jspecify.annotations.NullMarked;

/**
 * The domain model of readings and learning paths: commands, events, states, and the pure
 * functions that decide commands and apply events. It uses only the JDK.
 */
@NullMarked
package lectern.progress.model;

import org.jspecify.annotations.NullMarked;

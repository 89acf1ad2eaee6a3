/**
 * What is read, told to everybody without telling of anybody.
 */
@NullMarked
package lectern.progress.publicactivity;

import org.jspecify.annotations.NullMarked;

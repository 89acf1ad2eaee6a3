/**
 * What is read, told to everybody without telling of anybody.
 */
@NullMarked
package lectern.progress.activity;

import org.jspecify.annotations.NullMarked;

/**
 * The demo: books that are free to read, and simulated readers who use the public API.
 */
@NullMarked
package lectern.launcher.demo;

import org.jspecify.annotations.NullMarked;

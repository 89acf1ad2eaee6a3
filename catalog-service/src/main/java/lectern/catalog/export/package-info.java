/**
 * The whole catalog as it stood at one moment, to be kept or to be imported elsewhere.
 */
@NullMarked
package lectern.catalog.export;

import org.jspecify.annotations.NullMarked;

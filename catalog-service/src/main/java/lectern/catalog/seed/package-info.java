/** What a catalog that has just been made begins with. */
@NullMarked
package lectern.catalog.seed;

import org.jspecify.annotations.NullMarked;

/**
 * What every write to the catalog goes through, and the log of all that was written.
 * Knows that books and paths have ids, versions and documents, and no more of them.
 */
@NullMarked
package lectern.catalog.change;

import org.jspecify.annotations.NullMarked;

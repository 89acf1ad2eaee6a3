/**
 * What progress knows of the catalog's books and paths, kept by following its events.
 */
@NullMarked
package lectern.progress.catalogreplica;

import org.jspecify.annotations.NullMarked;

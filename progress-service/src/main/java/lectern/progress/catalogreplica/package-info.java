/**
 * A replica of the catalog's books and paths, kept current by following its event stream.
 */
@NullMarked
package lectern.progress.catalogreplica;

import org.jspecify.annotations.NullMarked;

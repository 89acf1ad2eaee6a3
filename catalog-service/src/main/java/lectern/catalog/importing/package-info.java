/** Imports Markdown lists and NDJSON documents into the catalog. */
@NullMarked
package lectern.catalog.importing;

import org.jspecify.annotations.NullMarked;

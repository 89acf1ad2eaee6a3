package lectern.catalog.importing;

import lectern.catalog.change.Tombstones.DocumentKind;

/**
 * The members of a line that decide how the rest is parsed.
 *
 * @param id not yet validated
 */
record DocumentHeader(DocumentKind kind, String id) {

}

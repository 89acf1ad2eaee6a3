/**
 * The change log, the exclusive transactions of all writes, idempotency keys and
 * tombstones. This package knows that books and paths have ids, versions and documents,
 * and nothing else about them.
 */
@NullMarked
package lectern.catalog.change;

import org.jspecify.annotations.NullMarked;

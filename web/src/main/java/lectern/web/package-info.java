/**
 * The HTTP features that all services share: problems, token checks, paging,
 * preconditions, idempotency keys, strict JSON and request ids.
 */
@NullMarked
package lectern.web;

import org.jspecify.annotations.NullMarked;

/**
 * Erasing readers: the request, the work in the background, and erasing again after a
 * restore (ADR 32).
 */
@NullMarked
package lectern.progress.erasure;

import org.jspecify.annotations.NullMarked;

/**
 * Limits of what one address, and one reader, may ask for: they apply to every request,
 * before its way is chosen.
 */
@NullMarked
package lectern.gateway.limit;

import org.jspecify.annotations.NullMarked;

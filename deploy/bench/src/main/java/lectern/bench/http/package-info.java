/**
 * HTTP/1.1 as the bench speaks it: as little of it, and as cheaply, as load needs.
 */
@NullMarked
package lectern.bench.http;

import org.jspecify.annotations.NullMarked;

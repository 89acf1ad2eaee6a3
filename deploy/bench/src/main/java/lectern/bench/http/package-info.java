/**
 * Minimal HTTP/1.1 clients that use little CPU, so that the load generator does not
 * distort the measurement.
 */
@NullMarked
package lectern.bench.http;

import org.jspecify.annotations.NullMarked;

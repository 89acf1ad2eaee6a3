/** The operators' stream: the metrics of all services. */
@NullMarked
package lectern.gateway.operations;

import org.jspecify.annotations.NullMarked;

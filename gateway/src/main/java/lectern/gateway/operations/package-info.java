/** What operators watch: the metrics of all services, as one stream. */
@NullMarked
package lectern.gateway.operations;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lectern.gateway.relay;

import org.jspecify.annotations.NullMarked;

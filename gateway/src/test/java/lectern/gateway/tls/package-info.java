@NullMarked
package lectern.gateway.tls;

import org.jspecify.annotations.NullMarked;

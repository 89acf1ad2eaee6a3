@NullMarked
package lectern.gateway.limit;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lectern.gateway.upstream;

import org.jspecify.annotations.NullMarked;

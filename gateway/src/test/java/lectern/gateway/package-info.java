@NullMarked
package lectern.gateway;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lectern.gateway.accesslog;

import org.jspecify.annotations.NullMarked;

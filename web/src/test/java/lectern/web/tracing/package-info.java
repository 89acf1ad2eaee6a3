@NullMarked
package lectern.web.tracing;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lectern.gateway.operations;

import org.jspecify.annotations.NullMarked;

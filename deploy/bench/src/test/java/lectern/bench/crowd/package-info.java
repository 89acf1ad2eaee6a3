@NullMarked
package lectern.bench.crowd;

import org.jspecify.annotations.NullMarked;

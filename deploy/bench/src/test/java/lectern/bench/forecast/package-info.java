@NullMarked
package lectern.bench.forecast;

import org.jspecify.annotations.NullMarked;

@NullMarked
package lectern.bench.row;

import org.jspecify.annotations.NullMarked;

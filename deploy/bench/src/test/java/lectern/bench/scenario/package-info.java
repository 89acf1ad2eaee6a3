@NullMarked
package lectern.bench.scenario;

import org.jspecify.annotations.NullMarked;

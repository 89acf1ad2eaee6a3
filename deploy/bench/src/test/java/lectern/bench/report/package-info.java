@NullMarked
package lectern.bench.report;

import org.jspecify.annotations.NullMarked;

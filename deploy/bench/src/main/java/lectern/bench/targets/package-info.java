/**
 * Those that are measured, each behind one interface.
 */
@NullMarked
package lectern.bench.targets;

import org.jspecify.annotations.NullMarked;

/**
 * Those that are measured, each behind one interface.
 */
@NullMarked
package lectern.bench.peer;

import org.jspecify.annotations.NullMarked;

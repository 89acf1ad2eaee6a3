/**
 * The measured servers and tools.
 */
@NullMarked
package lectern.bench.systems;

import org.jspecify.annotations.NullMarked;

/**
 * The measured servers and tools.
 */
@NullMarked
package lectern.bench.targets;

import org.jspecify.annotations.NullMarked;

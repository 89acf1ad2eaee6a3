@NullMarked
package lectern.bench.profile;

import org.jspecify.annotations.NullMarked;

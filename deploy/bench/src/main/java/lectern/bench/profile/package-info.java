/** Profiles of the CPU time of a service, by the layers of its code. */
@NullMarked
package lectern.bench.profile;

import org.jspecify.annotations.NullMarked;

/**
 * The log of everything that happened. Knows streams, versions and stored names; what the
 * events mean is none of its business.
 */
@NullMarked
package lectern.progress.eventlog;

import org.jspecify.annotations.NullMarked;

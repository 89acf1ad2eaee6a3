/** How lines that clients cause get into the logs: through queues with a limit. */
@NullMarked
package lectern.web.log;

import org.jspecify.annotations.NullMarked;

/** What every service's HTTP side has in common. */
@NullMarked
package lectern.web;

import org.jspecify.annotations.NullMarked;

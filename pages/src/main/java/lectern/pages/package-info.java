/**
 * The step of the build that makes the files of the pages, which the gateway serves, from
 * their sources. None of it runs in a service.
 */
@NullMarked
package lectern.pages;

import org.jspecify.annotations.NullMarked;

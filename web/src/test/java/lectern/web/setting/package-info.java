/** Tests of settings, and what tries wrong values in all modules. */
@NullMarked
package lectern.web.setting;

import org.jspecify.annotations.NullMarked;

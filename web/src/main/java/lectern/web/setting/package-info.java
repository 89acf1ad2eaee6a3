/**
 * How settings are checked: a value that a setting cannot have, or a variable that no
 * setting has, ends the start with one sentence.
 */
@NullMarked
package lectern.web.setting;

import org.jspecify.annotations.NullMarked;

/**
 * Readers' accounts, and the tokens that say who is asking.
 */
@NullMarked
package lectern.progress.account;

import org.jspecify.annotations.NullMarked;

/** Readers' accounts, sign-in and tokens. */
@NullMarked
package lectern.progress.account;

import org.jspecify.annotations.NullMarked;

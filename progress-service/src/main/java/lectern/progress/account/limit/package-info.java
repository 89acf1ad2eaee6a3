/** Limits for clients that have not identified themselves, by their address. */
@NullMarked
package lectern.progress.account.limit;

import org.jspecify.annotations.NullMarked;

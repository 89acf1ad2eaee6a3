package lectern.progress.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What a token is issued for: a session of an account, or a key of it.
 *
 * @param account as it is now
 * @param rolesId identifies the roles of the account
 * @param id of the session or the key
 * @param end when the session ends at the latest; null for a key
 */
record TokenGrant(Account account, UUID rolesId, UUID id, @Nullable Instant end) {

}

package lectern.progress.account;

import java.time.Instant;
import java.util.UUID;

/**
 * Where a reader is signed in.
 *
 * @param client the {@code User-Agent} of the sign-in, as a label; empty if there was
 * none
 * @param renewedAt when it last gave a token
 * @param expiresAt when it ends, unless it is ended before
 */
record ReaderSession(UUID id, String client, Instant createdAt, Instant renewedAt, Instant expiresAt) {

}

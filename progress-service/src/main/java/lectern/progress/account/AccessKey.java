package lectern.progress.account;

import java.time.Instant;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A key with which a program or an e-reader acts for a reader, without its secret.
 *
 * @param name by which the reader recognizes it
 * @param lastUsedAt to within a minute or two; null if it was never used
 */
record AccessKey(UUID id, String name, Instant createdAt, @Nullable Instant lastUsedAt) {

}

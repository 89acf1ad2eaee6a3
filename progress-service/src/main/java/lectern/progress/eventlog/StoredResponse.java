package lectern.progress.eventlog;

/**
 * The stored response to an earlier command with the same idempotency key.
 *
 * @param hash the hash of that command, from its {@link IdempotencyRecord}
 * @param text the response, as its {@link IdempotencyRecord#responseFactory()} made it
 */
public record StoredResponse(String hash, String text) {

}

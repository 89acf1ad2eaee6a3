package lectern.progress.eventlog;

/**
 * What a command was answered when it came first.
 *
 * @param hash of that command, as its {@link IdempotencyRecord} had it
 * @param text as its receipt made it
 */
public record StoredResponse(String hash, String text) {

}

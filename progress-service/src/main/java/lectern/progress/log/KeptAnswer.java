package lectern.progress.log;

/**
 * What a command was answered when it came first.
 *
 * @param hash of that command, as its {@link Receipt} had it
 * @param text as its receipt made it
 */
public record KeptAnswer(String hash, String text) {

}

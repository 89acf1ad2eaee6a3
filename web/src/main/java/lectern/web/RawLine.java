package lectern.web;

import org.jspecify.annotations.Nullable;

/**
 * One line of a body, before it is parsed.
 *
 * @param number the 1-based line number
 * @param text the line without its line end; only a beginning if there is a fault,
 * which may contain any character
 * @param fault the reason why the line cannot be parsed; null if it can
 */
public record RawLine(int number, String text, @Nullable String fault) {

}

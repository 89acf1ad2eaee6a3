package lectern.catalog.importing;

import org.jspecify.annotations.Nullable;

/**
 * One line of a body, before it is parsed.
 *
 * @param number the 1-based line number
 * @param text the line without its line end; only a printable beginning if there is a
 * fault
 * @param fault the reason why the line cannot be parsed; null if it can
 */
record RawLine(int number, String text, @Nullable String fault) {

}

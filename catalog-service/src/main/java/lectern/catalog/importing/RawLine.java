package lectern.catalog.importing;

import org.jspecify.annotations.Nullable;

/**
 * One line of a body.
 *
 * @param number 1-based
 * @param text without its line end; of a line that cannot be read the beginning, made
 * printable
 * @param fault why it cannot be read, for a person; null where it can
 */
record RawLine(int number, String text, @Nullable String fault) {

}

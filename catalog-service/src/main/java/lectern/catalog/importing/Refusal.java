package lectern.catalog.importing;

/**
 * A line that did not become a book.
 *
 * @param line its 1-based number
 * @param reason what is wrong, for a person
 * @param text the line as it was, at most 200 characters, made printable
 */
record Refusal(int line, String reason, String text) implements CountedLine {
}

package lectern.catalog.importing;

import java.util.Set;

import lectern.catalog.book.BookContent;

/**
 * A line of NDJSON that holds a whole book.
 *
 * @param line the 1-based line number
 * @param size the length of the line in characters
 * @param text the beginning of the line, printable, to be shown in a refusal
 * @param content satisfies the bean constraints
 * @param fingerprints those of the content, computed before the transaction that writes
 * it, because the transaction excludes all other writes
 */
record BookDocumentLine(int line, int size, String text, String id, BookContent content,
		Set<String> fingerprints) implements ImportLine {

}

package lectern.catalog.importing;

import lectern.catalog.learningpath.PathContent;

/**
 * A line of NDJSON that holds a whole learning path.
 *
 * @param line the 1-based line number
 * @param size the length of the line in characters
 * @param text the beginning of the line, printable, to be shown in a refusal
 * @param content satisfies the bean constraints; not yet checked for completability
 */
record PathDocumentLine(int line, int size, String text, String id, PathContent content) implements ImportLine {

}

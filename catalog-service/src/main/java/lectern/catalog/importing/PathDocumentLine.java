package lectern.catalog.importing;

import lectern.catalog.learningpath.PathContent;

/**
 * A path as a line has it whole, under its id.
 *
 * @param line where it stands, 1-based
 * @param text the line, fit to be shown in a refusal
 * @param content valid by its form
 */
record PathDocumentLine(int line, int size, String text, String id, PathContent content) implements ImportLine {

}

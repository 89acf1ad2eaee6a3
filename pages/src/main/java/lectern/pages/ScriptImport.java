package lectern.pages;

import java.util.List;

/**
 * An import of a module.
 *
 * @param line the line on which it begins, counted from 1
 * @param names the imported names; empty if the module is imported for its effect
 * @param source the path of a module of the pages, or the name of a library
 * @param library whether the source is a library
 */
record ScriptImport(int line, List<String> names, String source, boolean library) {
}

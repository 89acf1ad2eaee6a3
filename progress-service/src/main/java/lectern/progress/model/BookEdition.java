package lectern.progress.model;

import org.jspecify.annotations.Nullable;

/**
 * An edition of a book, as far as a reading knows it. It does not follow changes in the
 * catalog.
 *
 * @param name the name by which readings refer to the edition, such as its ISBN
 * @param pages the number of its pages, at least 1; null if unknown
 */
public record BookEdition(String name, @Nullable Integer pages) {

}

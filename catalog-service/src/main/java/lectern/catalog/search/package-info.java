/**
 * Search, filters and facets of books.
 *
 * <p>
 * The queries of this package read the tables of the database schema {@code search},
 * which the migration {@code R__search.sql} creates. All of them are derived from the
 * table {@code book}:
 *
 * <table>
 * <caption>Tables</caption>
 * <tr>
 * <th>table</th>
 * <th>a row for each</th>
 * <th>holds</th>
 * <th>read by</th>
 * </tr>
 * <tr>
 * <td>{@code indexed_book}</td>
 * <td>book</td>
 * <td>its stored words with their fields, and its facets; one GIN index over both</td>
 * <td>{@link BooksByRank}, {@link BooksById}</td>
 * </tr>
 * <tr>
 * <td>{@code posting}</td>
 * <td>stored word of a book</td>
 * <td>the books of a word in rank order</td>
 * <td>{@link BooksByRank}</td>
 * </tr>
 * <tr>
 * <td>{@code word_form}</td>
 * <td>form of a word that occurs, and word that it is stored as</td>
 * <td>the number of books; a trigram index</td>
 * <td>{@link QueryExpander}</td>
 * </tr>
 * <tr>
 * <td>{@code book_facet}</td>
 * <td>facet of a book</td>
 * <td>the books of a facet in the order of their ids, each with a signature of all its
 * facets</td>
 * <td>{@link BooksById}</td>
 * </tr>
 * <tr>
 * <td>{@code facet}</td>
 * <td>facet</td>
 * <td>its spelling and the number of its books</td>
 * <td>{@link BooksById}, {@link FacetCounts}</td>
 * </tr>
 * </table>
 *
 * <p>
 * Triggers keep them consistent: whichever statement writes to {@code book}, the same
 * transaction updates them, once for each statement. {@code search_insert} calls
 * {@code on_books_added}, {@code search_delete} calls {@code on_books_removed}, an update
 * calls both ({@code search_update_1} and {@code search_update_2}), and
 * {@code search_truncate} calls {@code on_books_truncated}. No Java code writes to these
 * tables.
 *
 * <p>
 * These functions derive their rows: {@code terms} and {@code word_forms} from the text
 * of a document (with {@code plain_text}, {@code configuration} and {@code stemmers}),
 * {@code scores} from its words, {@code facets} and {@code facet_signature} from its
 * facets; {@code add_books} writes them. The queries call {@code plain_text},
 * {@code stems} and {@code corrections} for what a user types, {@code fold} for the value
 * of a filter, and for the ranking {@code rank_weights}, {@code score_step},
 * {@code weights_through} and {@code weights_before}, which are defined with
 * {@code weight}, {@code weights} and {@code score} in the one place that has the weights
 * of the fields.
 */
@NullMarked
package lectern.catalog.search;

import org.jspecify.annotations.NullMarked;

package lectern.catalog.book;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A work in the catalog.
 *
 * @param id a slug, which never changes and is never reused
 * @param version 1 for a new book
 * @param changedAt when this version was written
 */
public record Book(String id, @JsonUnwrapped BookContent content, long version, Instant createdAt, Instant changedAt) {

}

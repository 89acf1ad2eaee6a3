package lectern.catalog.change;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/**
 * The ids of removed books and paths. They are never reused, because cursors, bookmarks
 * and readings that still contain them would then lead to something else (ADR 13).
 */
@Component
public class Tombstones {

	private static final ProblemType REMOVED = new ProblemType("id-removed", HttpStatus.CONFLICT,
			"The id belonged to a removed book or path");

	private final DatabaseClient database;

	Tombstones(DatabaseClient database) {
		this.database = database;
	}

	/** Those of these ids that belonged to a removed document; cold. */
	public Mono<Set<String>> findRemoved(DocumentKind kind, Collection<String> ids) {
		return this.database.sql("select id from tombstone where kind = :kind and id = any(:ids::text[])")
			.bind("kind", kind.storedName())
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> required(row, "id", String.class))
			.all()
			.collect(HashSet<String>::new, Set::add)
			.map((found) -> found);
	}

	/** Fail with 409 if an id belonged to a removed document; cold. */
	public Mono<Void> requireUnused(DocumentKind kind, String id) {
		return findRemoved(kind, Set.of(id))
			.flatMap((removed) -> removed.isEmpty() ? Mono.empty() : Mono.error(reusedId(id)));
	}

	/** The problem for an attempt to reuse an id. */
	public static Problem reusedId(String id) {
		return Problem.of(REMOVED, "Id " + id + " belonged to a removed book or path and cannot be reused.");
	}

	/** Insert the id of a removed document, in the transaction that removes it; cold. */
	public Mono<Void> insert(DocumentKind kind, String id, Instant removedAt) {
		return this.database.sql("insert into tombstone (kind, id, removed_at) values (:kind, :id, :removedAt)")
			.bind("kind", kind.storedName())
			.bind("id", id)
			.bind("removedAt", removedAt.atOffset(ZoneOffset.UTC))
			.then();
	}

	/** The kind of a document: a book and a path may have the same id. */
	public enum DocumentKind {

		BOOK, PATH;

		private String storedName() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}

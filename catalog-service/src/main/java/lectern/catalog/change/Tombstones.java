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

/**
 * The ids of what was removed. None is ever given again, or a cursor, a bookmark or a
 * reading from before would lead to something else.
 */
@Component
public class Tombstones {

	private static final ProblemType REMOVED = new ProblemType("id-removed", HttpStatus.CONFLICT,
			"The id belonged to a removed book or path");

	private final DatabaseClient database;

	Tombstones(DatabaseClient database) {
		this.database = database;
	}

	/** Those of the given ids that were removed; cold. */
	public Mono<Set<String>> findRemoved(DocumentKind kind, Collection<String> ids) {
		return this.database.sql("select id from removed_id where kind = :kind and id = any(:ids::text[])")
			.bind("kind", kind.storedName())
			.bind("ids", ids.toArray(String[]::new))
			.map((row) -> row.get("id", String.class))
			.all()
			.collect(HashSet<String>::new, Set::add)
			.map((found) -> found);
	}

	/** Let a write pass under an id that nothing was removed from; cold. */
	public Mono<Void> requireUnused(DocumentKind kind, String id) {
		return findRemoved(kind, Set.of(id))
			.flatMap((removed) -> removed.isEmpty() ? Mono.empty() : Mono.error(reusedId(id)));
	}

	/** What is said to who would give an id again. */
	public static Problem reusedId(String id) {
		return Problem.of(REMOVED, "Id " + id + " belonged to a removed book or path and cannot be reused.");
	}

	/** Keep an id from now on, within the turn that removes what has it; cold. */
	public Mono<Void> insert(DocumentKind kind, String id, Instant removedAt) {
		return this.database.sql("insert into removed_id (kind, id, removed_at) values (:kind, :id, :removedAt)")
			.bind("kind", kind.storedName())
			.bind("id", id)
			.bind("removedAt", removedAt.atOffset(ZoneOffset.UTC))
			.then();
	}

	/** Of what an id is: books and paths may share one. */
	public enum DocumentKind {

		BOOK, PATH;

		private String storedName() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}

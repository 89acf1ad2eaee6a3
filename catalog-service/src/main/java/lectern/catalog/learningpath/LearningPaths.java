package lectern.catalog.learningpath;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import lectern.catalog.book.Books;
import lectern.catalog.book.CatalogId;
import lectern.catalog.change.CatalogChange;
import lectern.catalog.change.CatalogChange.PathAdded;
import lectern.catalog.change.CatalogChange.PathChanged;
import lectern.catalog.change.ChangeLog;
import lectern.catalog.change.Tombstones;
import lectern.catalog.change.Tombstones.DocumentKind;
import lectern.catalog.change.Versioned;
import lectern.catalog.change.WriteResult;
import lectern.streaming.postgreslog.PostgresLogHead.PositionRange;
import lectern.web.ConditionalRequest;
import lectern.web.EntityTag;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Reads and writes the learning paths of the catalog. Every publisher is cold. */
@Component
public class LearningPaths {

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final Tombstones tombstones;

	private final Books books;

	private final JsonMapper mapper;

	LearningPaths(DatabaseClient database, ChangeLog changes, Tombstones tombstones, Books books, JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.tombstones = tombstones;
		this.books = books;
		this.mapper = mapper;
	}

	/** Find a path; empty if there is none with this id. */
	Mono<Versioned<LearningPath>> find(String id) {
		return this.database.sql("""
				select epoch, position, id, version, created_at, changed_at, document::text as document
				from log_head join path on id = :id
				""").bind("id", id).map((row) -> PathRow.of(row, this.mapper)).one().mapNotNull((row) -> {
			LearningPath path = row.path();
			return (path != null) ? new Versioned<>(path, row.cursor()) : null;
		});
	}

	/** Read a page of paths, ordered by id, with the cursor of its snapshot. */
	// The left join returns the cursor also if the page is empty.
	Mono<Versioned<KeysetPage<LearningPath>>> page(KeysetPageRequest request) {
		return this.database.sql("""
				select head.epoch, head.position, page.*
				from log_head head left join (
					select id, version, created_at, changed_at, document::text as document from path
					where id > :after order by id limit :limit) page on true
				order by page.id
				""")
			.bind("after", CatalogId.afterId(request))
			.bind("limit", request.limit() + 1)
			.map((row) -> PathRow.of(row, this.mapper))
			.all()
			.collectList()
			.map((rows) -> new Versioned<>(
					request.page(rows.stream().map(PathRow::path).filter(Objects::nonNull).toList(), LearningPath::id),
					rows.getFirst().cursor()));
	}

	/**
	 * Create or replace a path. A write with the stored content makes no new version.
	 * @param id a valid id
	 * @param content valid content
	 * @return the written or unchanged path; fails with a problem if the precondition
	 * does not hold, if the path cannot be completed or if the id belonged to a removed
	 * path
	 */
	public Mono<WriteResult<LearningPath>> put(String id, PathContent content, ConditionalRequest precondition) {
		return Mono.fromRunnable(() -> PathValidator.requireCompletable(content))
			.then(this.changes.inExclusiveTransaction(find(id).flatMap((found) -> {
				precondition.requireUpdateAllowed(new EntityTag(found.content().version()));
				return change(found, content);
			}).switchIfEmpty(Mono.defer(() -> {
				precondition.requireCreateAllowed();
				return create(id, content);
			}))));
	}

	/**
	 * Create or replace a path without a precondition, in the exclusive transaction of
	 * the caller.
	 * @return the written path, empty if it is unchanged; fails with a problem before
	 * anything is written if the path cannot be completed or if the id belonged to a
	 * removed path
	 */
	public Mono<WriteResult<LearningPath>> putWithinTransaction(String id, PathContent content) {
		return Mono.fromRunnable(() -> PathValidator.requireCompletable(content))
			.then(find(id).map((found) -> Optional.of(found.content())).defaultIfEmpty(Optional.empty()))
			.filter((found) -> found.isEmpty() || !found.get().content().equals(content))
			.flatMap((found) -> found.map((before) -> write(id, content, before)).orElseGet(() -> create(id, content)));
	}

	static Problem notFound() {
		return Problem.of(ProblemType.NOT_FOUND, "The catalog has no path with this id.");
	}

	private Mono<WriteResult<LearningPath>> create(String id, PathContent content) {
		return this.tombstones.requireUnused(DocumentKind.PATH, id).then(write(id, content, null));
	}

	private Mono<WriteResult<LearningPath>> change(Versioned<LearningPath> found, PathContent content) {
		LearningPath before = found.content();
		return before.content().equals(content)
				? Mono.just(new WriteResult<>(before, before.version(), found.cursor(), false))
				: write(before.id(), content, before);
	}

	private Mono<WriteResult<LearningPath>> write(String id, PathContent content, @Nullable LearningPath before) {
		return requireBooks(content).then(this.changes.reserve(1)).flatMap((positions) -> {
			LearningPath path = (before != null) ? before.withContent(content, positions.receivedAt())
					: new LearningPath(id, content, 1, positions.receivedAt(), positions.receivedAt());
			return upsert(path, positions).then(this.changes.append(positions, List.of(change(path))))
				.map((cursor) -> new WriteResult<>(path, path.version(), cursor, before == null));
		});
	}

	private Mono<Void> requireBooks(PathContent content) {
		Set<String> ids = content.gates()
			.stream()
			.flatMap((gate) -> gate.steps().stream())
			.map(Step::book)
			.collect(Collectors.toSet());
		return this.books.findMissingIds(ids)
			.flatMap((unknown) -> unknown.isEmpty() ? Mono.empty() : Mono.error(PathProblem.unknownBooks(unknown)));
	}

	private Mono<Void> upsert(LearningPath path, PositionRange positions) {
		return this.database.sql("""
				insert into path (id, version, created_at, changed_at, document)
				values (:id, :version, :now, :now, :document::jsonb)
				on conflict (id) do update
				set version = excluded.version, changed_at = excluded.changed_at, document = excluded.document
				""")
			.bind("id", path.id())
			.bind("version", path.version())
			.bind("now", positions.receivedAt().atOffset(ZoneOffset.UTC))
			.bind("document", this.mapper.writeValueAsString(path.content()))
			.then();
	}

	private CatalogChange change(LearningPath path) {
		String document = this.mapper.writeValueAsString(path);
		return (path.version() == 1) ? new PathAdded(path.id(), 1, document)
				: new PathChanged(path.id(), path.version(), document);
	}

}

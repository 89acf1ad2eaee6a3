package lectern.progress.command;

import java.util.List;

import lectern.progress.eventlog.EventsByType;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.representation.ProgressEventTypes;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Who is on which path, as far as the log was followed; what there is to follow; and
 * which paths have changed. Every publisher is cold.
 */
@Repository
class PathMembershipProjection {

	private static final String NAME = "path-membership";

	private static final List<String> TRIGGER_TYPES = List.of(ProgressEventTypes.READING_FINISHED,
			ProgressEventTypes.PATH_JOINED, ProgressEventTypes.PATH_LEFT, ProgressEventTypes.GATE_PASSED,
			ProgressEventTypes.GATE_WAIVED);

	private final DatabaseClient database;

	private final ProjectionCursors cursors;

	private final EventsByType events;

	PathMembershipProjection(DatabaseClient database, ProjectionCursors cursors, EventsByType events) {
		this.database = database;
		this.cursors = cursors;
		this.events = events;
	}

	/**
	 * The next events that can change the state of a gate and are not processed yet, in
	 * the order of the log. The many position reports are not read.
	 */
	Mono<List<GateTrigger>> nextTriggers(int limit) {
		return this.cursors.position(NAME)
			.flatMapMany((position) -> this.events.findAfter(position, TRIGGER_TYPES, limit))
			.map(GateTrigger::of)
			.collectList();
	}

	/** All up to this is dealt with; never goes back. */
	Mono<Void> acknowledge(GateTrigger last) {
		return this.database.sql("""
				insert into projection (name, position) values (:name, :position)
				on conflict (name) do update set position = greatest(projection.position, excluded.position)
				""").bind("name", NAME).bind("position", last.position()).then();
	}

	/** Take in who joins and who leaves. What was taken in before changes nothing. */
	Mono<Void> apply(GateTrigger event) {
		return event.path()
			.filter((_) -> event.isJoin() || event.isLeave())
			.map((stream) -> this.database
				.sql("""
						insert into path_membership (path, reader, version, joined) values (:path, :reader, :version, :joined)
						on conflict (path, reader) do update set version = excluded.version, joined = excluded.joined
						where path_membership.version < excluded.version
						""")
				.bind("path", stream.path())
				.bind("reader", stream.reader())
				.bind("version", event.version())
				.bind("joined", event.isJoin())
				.then())
			.orElseGet(Mono::empty);
	}

	/** The paths that a reader is on. */
	Mono<List<PathStreamId>> pathsOf(String reader) {
		return this.database.sql("select path from path_membership where reader = :reader and joined order by path")
			.bind("reader", reader)
			.map((row) -> new PathStreamId(reader, row.get("path", String.class)))
			.all()
			.collectList();
	}

	/** Some of those who are on a path, by handle. */
	Mono<List<PathStreamId>> membersOf(String path, String after, int limit) {
		return this.database.sql("""
				select reader from path_membership where path = :path and joined and reader > :after
				order by reader limit :limit
				""")
			.bind("path", path)
			.bind("after", after)
			.bind("limit", limit)
			.map((row) -> new PathStreamId(row.get("reader", String.class), path))
			.all()
			.collectList();
	}

	/** Any path that has changed and was not looked at since; empty if there is none. */
	Mono<PathChange> nextChange() {
		return this.database.sql("select path, change::text as change from changed_path limit 1")
			.map((row) -> new PathChange(row.get("path", String.class), row.get("change", String.class)))
			.one();
	}

	/** A change is dealt with; one that came after it is not. */
	Mono<Void> acknowledge(PathChange change) {
		return this.database.sql("delete from changed_path where path = :path and change = :change::uuid")
			.bind("path", change.path())
			.bind("change", change.id())
			.then();
	}

	/**
	 * A change of a path.
	 *
	 * @param id another one for each
	 */
	record PathChange(String path, String id) {
	}

}

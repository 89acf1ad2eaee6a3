package lectern.progress.command;

import java.util.List;

import lectern.progress.eventlog.EventsByType;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.projection.ProjectionCursors;
import lectern.progress.representation.ProgressEventTypes;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores which readers have joined which paths, and gives the events and the changes of
 * paths that the gate process manager has not processed yet. Every publisher is cold.
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

	/** Mark all events up to this one as processed; the position never decreases. */
	Mono<Void> acknowledge(GateTrigger last) {
		return this.database.sql("""
				insert into projection (name, position) values (:name, :position)
				on conflict (name) do update set position = greatest(projection.position, excluded.position)
				""").bind("name", NAME).bind("position", last.position()).then();
	}

	/** Apply a join or leave. An event that was applied before changes nothing. */
	Mono<Void> apply(GateTrigger event) {
		return event.path()
			.filter((_) -> event.isJoin() || event.isLeave())
			.map((stream) -> this.database.sql("""
					insert into path_membership (path, reader, version, joined)
					values (:path, :reader, :version, :joined)
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

	/** The paths that a reader has joined. */
	Mono<List<PathStreamId>> pathsOf(String reader) {
		return this.database.sql("select path from path_membership where reader = :reader and joined order by path")
			.bind("reader", reader)
			.map((row) -> new PathStreamId(reader, required(row, "path", String.class)))
			.all()
			.collectList();
	}

	/**
	 * A page of the readers who have joined a path.
	 * @param after the handle after which to begin; an empty string for the first page
	 */
	Mono<List<PathStreamId>> membersOf(String path, String after, int limit) {
		return this.database.sql("""
				select reader from path_membership where path = :path and joined and reader > :after
				order by reader limit :limit
				""")
			.bind("path", path)
			.bind("after", after)
			.bind("limit", limit)
			.map((row) -> new PathStreamId(required(row, "reader", String.class), path))
			.all()
			.collectList();
	}

	/**
	 * A changed path whose members have not been evaluated since; empty if there is none.
	 */
	Mono<PathChange> nextChange() {
		return this.database.sql("select path, change::text as change from changed_path limit 1")
			.map((row) -> new PathChange(required(row, "path", String.class), required(row, "change", String.class)))
			.one();
	}

	/** Mark a change as processed; a later change of the same path stays. */
	Mono<Void> acknowledge(PathChange change) {
		return this.database.sql("delete from changed_path where path = :path and change = :change::uuid")
			.bind("path", change.path())
			.bind("change", change.id())
			.then();
	}

	/**
	 * A change of a path.
	 *
	 * @param path the id of the path
	 * @param id a unique id of the change
	 */
	record PathChange(String path, String id) {
	}

}

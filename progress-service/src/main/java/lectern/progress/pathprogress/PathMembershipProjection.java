package lectern.progress.pathprogress;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.progress.eventlog.ErasedReader;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.PathEvent.PathLeft;
import lectern.progress.projection.Projection;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** Stores which readers have joined which paths. Every publisher is cold. */
@Repository
public class PathMembershipProjection implements Projection {

	/** The name of the projection. */
	public static final String NAME = "path-membership";

	private final DatabaseClient database;

	public PathMembershipProjection(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Mono<Void> apply(List<StoredEvent> events) {
		Map<String, StoredEvent> last = new LinkedHashMap<>();
		for (StoredEvent event : events) {
			if (event.payload() instanceof PathJoined || event.payload() instanceof PathLeft) {
				last.put(event.stream(), event);
			}
		}
		return last.isEmpty() ? Mono.empty() : store(List.copyOf(last.values()));
	}

	@Override
	public Mono<Void> erase(ErasedReader reader) {
		return this.database.sql("delete from path_membership where reader = :reader")
			.bind("reader", reader.handle())
			.then();
	}

	private Mono<Void> store(List<StoredEvent> events) {
		List<PathStreamId> streams = events.stream()
			.map((event) -> PathStreamId.parse(event.reader(), event.stream()).orElseThrow())
			.toList();
		return this.database.sql("""
				insert into path_membership (path, reader, version, joined)
				select path, reader, version, joined
				from unnest(:paths, :readers, :versions, :joined) as changed (path, reader, version, joined)
				on conflict (path, reader) do update set version = excluded.version, joined = excluded.joined
				where path_membership.version < excluded.version
				""")
			.bind("paths", streams.stream().map(PathStreamId::path).toArray(String[]::new))
			.bind("readers", streams.stream().map(PathStreamId::reader).toArray(String[]::new))
			.bind("versions", events.stream().map(StoredEvent::version).toArray(Integer[]::new))
			.bind("joined",
					events.stream().map((event) -> event.payload() instanceof PathJoined).toArray(Boolean[]::new))
			.then();
	}

	/** The paths that a reader has joined. */
	public Mono<List<PathStreamId>> pathsOf(String reader) {
		return this.database.sql("select path from path_membership where reader = :reader and joined order by path")
			.bind("reader", reader)
			.map((row) -> new PathStreamId(reader, required(row, "path", String.class)))
			.all()
			.collectList();
	}

	/**
	 * A page of the paths that a reader has joined.
	 * @param after the path after which to begin; an empty string for the first page
	 */
	public Mono<List<PathStreamId>> pathsOf(String reader, String after, int limit) {
		return this.database.sql("""
				select path from path_membership where reader = :reader and joined and path > :after
				order by path limit :limit
				""")
			.bind("reader", reader)
			.bind("after", after)
			.bind("limit", limit)
			.map((row) -> new PathStreamId(reader, required(row, "path", String.class)))
			.all()
			.collectList();
	}

	/**
	 * A page of the readers who have joined a path.
	 * @param after the handle after which to begin; an empty string for the first page
	 */
	public Mono<List<PathStreamId>> membersOf(String path, String after, int limit) {
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

}

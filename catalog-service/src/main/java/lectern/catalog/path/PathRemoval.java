package lectern.catalog.path;

import java.util.List;

import lectern.catalog.change.CatalogChange.PathRemoved;
import lectern.catalog.change.ChangeLog;
import lectern.catalog.change.Removed;
import lectern.catalog.change.RemovedIds;
import lectern.catalog.change.RemovedIds.Kind;
import lectern.streaming.Cursor;
import lectern.web.EntityTag;
import lectern.web.Precondition;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Takes paths out of the catalog. */
@Component
class PathRemoval {

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final Paths paths;

	private final RemovedIds removed;

	private final JsonMapper mapper;

	PathRemoval(DatabaseClient database, ChangeLog changes, Paths paths, RemovedIds removed, JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.paths = paths;
		this.removed = removed;
		this.mapper = mapper;
	}

	/**
	 * Remove a path.
	 * @return cold; the cursor of the change; fails with a problem when there is no such
	 * path or the precondition does not hold
	 */
	Mono<Cursor> remove(String id, Precondition precondition) {
		return this.changes.inTurn(this.paths.find(id).flatMap((found) -> {
			precondition.requireToChange(new EntityTag(found.content().version()));
			return remove(found.content());
		}).switchIfEmpty(Mono.error(Paths::notFound)));
	}

	private Mono<Cursor> remove(LearningPath path) {
		return this.changes.reserve(1).flatMap((places) -> {
			Removed rest = new Removed(path.id(), path.version() + 1, places.receivedAt());
			PathRemoved change = new PathRemoved(rest.id(), rest.version(), this.mapper.writeValueAsString(rest));
			return this.database.sql("delete from path where id = :id")
				.bind("id", rest.id())
				.then()
				.then(this.removed.keep(Kind.PATH, rest.id(), rest.removedAt()))
				.then(this.changes.append(places, List.of(change)));
		});
	}

}

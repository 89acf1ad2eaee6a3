package lectern.catalog.learningpath;

import java.util.List;

import lectern.catalog.change.CatalogChange.PathRemoved;
import lectern.catalog.change.ChangeLog;
import lectern.catalog.change.Tombstone;
import lectern.catalog.change.Tombstones;
import lectern.catalog.change.Tombstones.DocumentKind;
import lectern.streaming.log.Cursor;
import lectern.web.ConditionalRequest;
import lectern.web.EntityTag;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** Removes learning paths from the catalog. */
@Component
class PathRemoval {

	private final DatabaseClient database;

	private final ChangeLog changes;

	private final LearningPaths paths;

	private final Tombstones tombstones;

	private final JsonMapper mapper;

	PathRemoval(DatabaseClient database, ChangeLog changes, LearningPaths paths, Tombstones tombstones,
			JsonMapper mapper) {
		this.database = database;
		this.changes = changes;
		this.paths = paths;
		this.tombstones = tombstones;
		this.mapper = mapper;
	}

	/**
	 * Remove a path.
	 * @return a cold publisher of the cursor of the change; fails with a problem if there
	 * is no such path or the precondition does not hold
	 */
	Mono<Cursor> remove(String id, ConditionalRequest precondition) {
		return this.changes.inExclusiveTransaction(this.paths.find(id).flatMap((found) -> {
			precondition.requireUpdateAllowed(new EntityTag(found.content().version()));
			return remove(found.content());
		}).switchIfEmpty(Mono.error(LearningPaths::notFound)));
	}

	private Mono<Cursor> remove(LearningPath path) {
		return this.changes.reserve(1).flatMap((positions) -> {
			Tombstone tombstone = new Tombstone(path.id(), path.version() + 1, positions.receivedAt());
			PathRemoved change = new PathRemoved(tombstone.id(), tombstone.version(),
					this.mapper.writeValueAsString(tombstone));
			return this.database.sql("delete from path where id = :id")
				.bind("id", tombstone.id())
				.then()
				.then(this.tombstones.insert(DocumentKind.PATH, tombstone.id(), tombstone.removedAt()))
				.then(this.changes.append(positions, List.of(change)));
		});
	}

}

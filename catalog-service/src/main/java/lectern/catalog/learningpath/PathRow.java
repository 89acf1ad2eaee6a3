package lectern.catalog.learningpath;

import java.time.OffsetDateTime;

import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of a query over paths that begins at the head of the log, so that the snapshot
 * says which cursor it is of.
 *
 * @param path null where the query found none
 */
record PathRow(Cursor cursor, @Nullable LearningPath path) {

	static PathRow of(Readable row, JsonMapper mapper) {
		Cursor cursor = new Cursor(row.get("epoch", String.class), row.get("position", Long.class));
		String id = row.get("id", String.class);
		return (id == null) ? new PathRow(cursor, null)
				: new PathRow(cursor,
						new LearningPath(id, mapper.readValue(row.get("document", String.class), PathContent.class),
								row.get("version", Long.class), row.get("created_at", OffsetDateTime.class).toInstant(),
								row.get("changed_at", OffsetDateTime.class).toInstant()));
	}

}

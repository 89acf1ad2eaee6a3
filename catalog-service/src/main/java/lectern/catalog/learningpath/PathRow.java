package lectern.catalog.learningpath;

import java.time.OffsetDateTime;

import io.r2dbc.spi.Readable;
import lectern.streaming.log.Cursor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.Columns.required;

/**
 * A row of a query that joins the head of the log with paths, so that the cursor and the
 * path come from one snapshot.
 *
 * @param path null if the query found no path
 */
record PathRow(Cursor cursor, @Nullable LearningPath path) {

	static PathRow of(Readable row, JsonMapper mapper) {
		Cursor cursor = new Cursor(required(row, "epoch", String.class), required(row, "position", Long.class));
		String id = row.get("id", String.class);
		return (id == null) ? new PathRow(cursor, null)
				: new PathRow(cursor,
						new LearningPath(id, mapper.readValue(row.get("document", String.class), PathContent.class),
								required(row, "version", Long.class),
								required(row, "created_at", OffsetDateTime.class).toInstant(),
								required(row, "changed_at", OffsetDateTime.class).toInstant()));
	}

}

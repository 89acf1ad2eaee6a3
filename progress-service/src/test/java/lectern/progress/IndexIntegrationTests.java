package lectern.progress;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The indexes of the schema: each costs something in every write. */
class IndexIntegrationTests {

	@Test
	void everyIndexNamesTheQueryThatNeedsIt() throws SQLException {
		assertThat(query("""
				select indexrelid::regclass::text from pg_index
				where obj_description(indexrelid) is null
				    and not exists (select from pg_constraint where conindid = indexrelid)
				    and indrelid in (select oid from pg_class where relnamespace = 'public'::regnamespace)
				    and indrelid <> 'flyway_schema_history'::regclass
				""")).isEmpty();
	}

	/**
	 * Otherwise each update would write all indexes of the table (no heap-only tuples).
	 */
	@Test
	void updatesOfReadModelsChangeNoIndexedColumn() throws SQLException {
		assertThat(query("""
				select distinct attrelid::regclass || '.' || attname from pg_index
				join pg_attribute on attrelid = indrelid and attnum = any(indkey)
				where (attrelid::regclass::text, attname) in (
				    ('current_reading', 'status'), ('current_reading', 'document'), ('reading_time', 'first'),
				    ('reading_time', 'last'), ('projection', 'position'), ('process_manager', 'position'),
				    ('timeline', 'through_version'), ('timeline', 'last_status_at'), ('log_head', 'position'))
				""")).isEmpty();
	}

	private static List<String> query(String sql) throws SQLException {
		try (Connection connection = DriverManager.getConnection("jdbc:" + TestDatabase.create(), "postgres", "any");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(sql)) {
			List<String> values = new ArrayList<>();
			while (rows.next()) {
				values.add(rows.getString(1));
			}
			return values;
		}
	}

}

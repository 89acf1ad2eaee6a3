package lectern.launcher;

import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

import lectern.launcher.demo.DemoException;
import lectern.launcher.demo.DemoRemoval;

/**
 * Reads from the database which books and paths are used by readers: the API does not
 * tell anybody what somebody else reads.
 */
final class ReaderUsage implements DemoRemoval.CatalogUsage {

	private static final String DATABASE = "progress";

	private final Databases databases;

	ReaderUsage(LauncherSettings settings) {
		this.databases = new Databases(settings.ports().postgres(), new Secrets(settings.dataFolder()));
	}

	@Override
	public Set<String> findUsedByOthers(Set<String> handles) {
		try (Connection connection = this.databases.connect(DATABASE, DATABASE);
				PreparedStatement query = connection.prepareStatement("""
						select document -> 'book' ->> 'id' from current_reading where reader <> all(?)
						union
						select path from path_membership where joined and reader <> all(?)
						""")) {
			Array others = connection.createArrayOf("text", handles.toArray());
			query.setArray(1, others);
			query.setArray(2, others);
			Set<String> used = new HashSet<>();
			try (ResultSet rows = query.executeQuery()) {
				while (rows.next()) {
					used.add(rows.getString(1));
				}
			}
			return used;
		}
		catch (IOException | SQLException ex) {
			throw new DemoException("The database cannot be read (" + ex.getMessage()
					+ "): Lectern must run, and LECTERN_DATA and LECTERN_PORT must be those of its start.");
		}
	}

}

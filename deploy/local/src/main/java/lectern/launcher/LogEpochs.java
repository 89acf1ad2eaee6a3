package lectern.launcher;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The epochs of the logs, which identify them in cursors. With a new epoch, every client
 * that comes with an earlier cursor is told {@code reset} and reads the current state.
 */
final class LogEpochs {

	private final Databases databases;

	LogEpochs(Databases databases) {
		this.databases = databases;
	}

	/**
	 * Give each log a new epoch. The services must not run: they have read the epoch.
	 * @return the number of logs; 0 if the databases are new
	 */
	int mint() throws IOException, SQLException {
		int minted = 0;
		for (String name : Databases.NAMES) {
			try (Connection connection = this.databases.connect(name, name);
					Statement statement = connection.createStatement()) {
				if (hasLog(statement)) {
					minted += statement.executeUpdate("update log_head set epoch = "
							+ "substr(replace(gen_random_uuid()::text, '-', ''), 1, 12)");
				}
			}
		}
		return minted;
	}

	private static boolean hasLog(Statement statement) throws SQLException {
		try (ResultSet table = statement.executeQuery("select to_regclass('log_head') is not null")) {
			return table.next() && table.getBoolean(1);
		}
	}

}

package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Copies the data folder of a Lectern that keeps running. PostgreSQL is told of the copy,
 * which is the base backup of its manual (section "Making a Base Backup Using the Low
 * Level API").
 */
final class DataFolderBackup {

	private DataFolderBackup() {
	}

	/** Copy what a restore needs: the database and the secrets. */
	static void create(LecternInstance lectern, Path copy) throws Exception {
		Path data = lectern.dataFolder();
		Path database = copy.resolve("database");
		copy(data.resolve("secrets"), copy);
		copy(data.resolve("format"), copy);
		try (Connection superuser = lectern.connect("postgres"); Statement statement = superuser.createStatement()) {
			statement.execute("select pg_backup_start('restore', true)");
			copy(data.resolve("database"), copy);
			String label = stop(statement);
			Files.writeString(database.resolve("backup_label"), label);
			copy(data.resolve("database/pg_wal"), database);
		}
		Files.deleteIfExists(database.resolve("postmaster.pid"));
	}

	/** Returns the content of the file that tells PostgreSQL where to start recovery. */
	private static String stop(Statement statement) throws SQLException {
		try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
			assertThat(stopped.next()).isTrue();
			return stopped.getString(1);
		}
	}

	/** With the owners of the files, since PostgreSQL does not run as root. */
	static void copy(Path source, Path folder) throws IOException, InterruptedException {
		Process copying = new ProcessBuilder("cp", "-a", source.toString(), folder.toString()).inheritIO().start();
		assertThat(copying.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		// A temporary file may disappear during the copy; PostgreSQL does without it.
		assertThat(copying.exitValue()).isLessThanOrEqualTo(1);
	}

}

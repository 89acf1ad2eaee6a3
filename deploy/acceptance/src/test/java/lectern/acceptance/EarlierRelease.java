package lectern.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import lectern.launcher.LoneDatabase;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Stands in for the release before this one: its migrations, and rows in
 * {@code upgrade/*.sql} that have the forms which it stores.
 */
final class EarlierRelease {

	static final List<String> DATABASES = List.of("catalog", "progress");

	/**
	 * The last migration of each database. Nothing is released yet; from the first
	 * release on these are the last ones of a release, and the rows are what it writes.
	 */
	private static final Map<String, String> LAST_MIGRATIONS = Map.of("catalog", "2", "progress", "12");

	private EarlierRelease() {
	}

	/** Create a data folder as that release leaves it. */
	static void createFolder(Path data) throws Exception {
		try (LoneDatabase database = LoneDatabase.start(data)) {
			for (String name : DATABASES) {
				migrate(data, database, name);
				execute(database, name, readResource("/upgrade/" + name + ".sql"));
			}
		}
	}

	/** Run the migrations of that release on an empty database. */
	static void migrate(Path data, LoneDatabase database, String name) throws Exception {
		migrations(data, database.port(), name).target(LAST_MIGRATIONS.get(name)).load().migrate();
		// What is repeated when its text changes had another text.
		execute(database, name, "update flyway_schema_history set checksum = 0 where version is null");
	}

	/**
	 * The migrations of this release.
	 * @param data the data folder
	 * @param port the port of its PostgreSQL
	 * @param database the database that they are for
	 */
	static FluentConfiguration migrations(Path data, int port, String database) throws IOException {
		String password = Files.readString(data.resolve("secrets").resolve(database)).strip();
		return Flyway.configure()
			.dataSource("jdbc:postgresql://127.0.0.1:" + port + "/" + database, database, password)
			.locations("filesystem:" + Modules.ROOT.resolve(database + "-service/src/main/resources/db/migration"));
	}

	static void execute(LoneDatabase database, String name, String sql) throws IOException, SQLException {
		try (Connection connection = database.connect(name); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static String readResource(String resource) throws IOException {
		try (InputStream content = EarlierRelease.class.getResourceAsStream(resource)) {
			return new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}

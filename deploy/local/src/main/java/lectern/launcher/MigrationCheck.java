package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Refuses a data folder whose databases a newer Lectern has migrated. The services accept
 * such a database, because nodes of two releases share one during an update; on a single
 * machine it means that somebody has started an old version by mistake.
 */
final class MigrationCheck {

	private static final Pattern MIGRATION = Pattern.compile("db/migration/V([0-9._]+)__.*\\.sql");

	private final Databases databases;

	private final Path dataFolder;

	MigrationCheck(Databases databases, Path dataFolder) {
		this.databases = databases;
		this.dataFolder = dataFolder;
	}

	/**
	 * Check that a service contains every migration of its database.
	 * @param database the name of the database and of its role
	 * @param jar the jar of the service
	 * @throws StartupException naming a migration that the service does not contain
	 */
	void requireKnownMigrations(String database, Path jar) throws IOException, SQLException {
		requireKnownMigrations("The data folder " + this.dataFolder, database, applied(database), jar);
	}

	/**
	 * As above, for the databases of a backup.
	 * @param subject what contains the database, as the first words of a sentence
	 * @param applied the migrations of the database
	 */
	static void requireKnownMigrations(String subject, String database, List<String> applied, Path jar)
			throws IOException {
		Set<String> known = findMigrations(jar);
		for (String version : applied) {
			if (!known.contains(version)) {
				throw new StartupException(
						subject + " was written by a newer Lectern (migration " + version + " of the database "
								+ database + "): start the newer version, or set LECTERN_DATA to another folder.");
			}
		}
	}

	/** Return the migrations of a database; none if no service has ever migrated it. */
	List<String> applied(String database) throws IOException, SQLException {
		List<String> versions = new ArrayList<>();
		try (Connection connection = this.databases.connect(database, database);
				Statement statement = connection.createStatement()) {
			if (isMigrated(statement)) {
				ResultSet applied = statement
					.executeQuery("select version from flyway_schema_history where version is not null and success");
				while (applied.next()) {
					versions.add(applied.getString(1));
				}
			}
		}
		return versions;
	}

	/** Return whether a service has ever migrated the database. */
	private static boolean isMigrated(Statement statement) throws SQLException {
		try (ResultSet table = statement.executeQuery("select to_regclass('flyway_schema_history') is not null")) {
			return table.next() && table.getBoolean(1);
		}
	}

	private static Set<String> findMigrations(Path jar) throws IOException {
		try (JarFile file = new JarFile(jar.toFile())) {
			return file.stream()
				.flatMap((entry) -> MIGRATION.matcher(entry.getName()).results())
				.map((MatchResult migration) -> migration.group(1).replace('_', '.'))
				.collect(Collectors.toSet());
		}
	}

}

package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a backup consists of: a text file in it, written last.
 *
 * @param dataFormat the format of the data folder
 * @param postgresVersion the major version of PostgreSQL
 * @param systemIdentifier the identifier of the cluster
 * @param migrations the migrations of each database
 * @param firstWal the file of the write-ahead log that a recovery begins with
 * @param lastWal the last one that every recovery needs
 * @param startedAt when the copy began
 * @param finishedAt the earliest instant that it can be restored to
 * @param files the files
 */
record BackupManifest(int dataFormat, String postgresVersion, String systemIdentifier,
		Map<String, List<String>> migrations, WalFile firstWal, WalFile lastWal, Instant startedAt, Instant finishedAt,
		List<CopiedFile> files) {

	static final String FILE_NAME = "manifest";

	private static final String FIRST_LINE = "lectern-backup 1";

	private static final String MIGRATIONS = "migrations-";

	private static final String FILE = "file ";

	/** The sum of the sizes of all files. */
	long bytes() {
		return this.files.stream().mapToLong(CopiedFile::size).sum();
	}

	/** Write the manifest into the folder of the backup. */
	void write(Path backup) throws IOException {
		List<String> lines = new ArrayList<>(
				List.of(FIRST_LINE, "data-format " + this.dataFormat, "postgresql " + this.postgresVersion,
						"system-identifier " + this.systemIdentifier, "first-wal " + this.firstWal,
						"last-wal " + this.lastWal, "started " + this.startedAt, "finished " + this.finishedAt));
		this.migrations.forEach((name, versions) -> lines.add(MIGRATIONS + name + " " + String.join(",", versions)));
		this.files.forEach((file) -> lines.add(FILE + file.sha256() + " " + file.size() + " " + file.path()));
		Path file = backup.resolve(FILE_NAME);
		PrivateFiles.write(file, String.join("\n", lines) + "\n");
		PrivateFiles.force(file);
	}

	/**
	 * Read the manifest of a backup.
	 * @throws StartupException if it is not complete or of another version
	 */
	static BackupManifest read(Path backup) throws IOException {
		Path file = backup.resolve(FILE_NAME);
		List<String> lines = Files.readAllLines(file);
		if (lines.isEmpty() || !lines.getFirst().equals(FIRST_LINE)) {
			throw new StartupException("The file " + file
					+ " is not of this version of backups: restore it with the Lectern that has made it.");
		}
		try {
			return parse(lines);
		}
		catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeParseException _) {
			throw new StartupException(
					"The file " + file + " was changed or is damaged: delete this backup, and restore another one.");
		}
	}

	private static BackupManifest parse(List<String> lines) {
		Map<String, String> values = new HashMap<>();
		Map<String, List<String>> migrations = new LinkedHashMap<>();
		List<CopiedFile> files = new ArrayList<>();
		for (String line : lines) {
			String[] words = line.split(" ", 4);
			if (line.startsWith(FILE)) {
				files.add(new CopiedFile(words[3], Long.parseLong(words[2]), words[1]));
			}
			else if (line.startsWith(MIGRATIONS)) {
				migrations.put(words[0].substring(MIGRATIONS.length()),
						words[1].isEmpty() ? List.of() : List.of(words[1].split(",")));
			}
			else {
				values.put(words[0], words[1]);
			}
		}
		return new BackupManifest(Integer.parseInt(value(values, "data-format")), value(values, "postgresql"),
				value(values, "system-identifier"), migrations, WalFile.parse(value(values, "first-wal")),
				WalFile.parse(value(values, "last-wal")), Instant.parse(value(values, "started")),
				Instant.parse(value(values, "finished")), files);
	}

	private static String value(Map<String, String> values, String name) {
		String value = values.get(name);
		if (value == null) {
			throw new IllegalArgumentException(name);
		}
		return value;
	}

}

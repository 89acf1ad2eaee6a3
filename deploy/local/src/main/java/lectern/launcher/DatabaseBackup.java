package lectern.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a backup of a running Lectern: a copy of the cluster, and of what the data folder
 * has beside it, and the write-ahead log from then on.
 */
final class DatabaseBackup {

	/** The most that a loss of the machine costs: an older file of the log is closed. */
	private static final Duration ARCHIVE_TIMEOUT = Duration.ofSeconds(60);

	/** Files of the data folder that belong to the database in it. */
	private static final List<String> OTHER_FILES = List.of("format", "admin-password", "secrets");

	private static final Duration ARCHIVE_WAIT_LIMIT = Duration.ofMinutes(10);

	private final Path data;

	private final Databases databases;

	private final WalArchiving archiving;

	private final LauncherConsole console;

	DatabaseBackup(Path data, Databases databases, LauncherConsole console) {
		this.data = data;
		this.databases = databases;
		this.archiving = new WalArchiving(data);
		this.console = console;
	}

	/**
	 * Make a backup. If this fails, nothing of it is left.
	 * @param folder the folder of all backups
	 * @param keep how long backups are kept; the newest one is kept in any case
	 * @return the folder of the backup
	 */
	Path run(Path folder, Duration keep) throws IOException, SQLException, InterruptedException {
		try (Connection connection = this.databases.connect(PostgresCluster.SUPERUSER, PostgresCluster.SUPERUSER);
				Statement statement = connection.createStatement()) {
			// A checkpoint may take longer than a connection usually waits.
			connection.setNetworkTimeout(Runnable::run, 0);
			requireArchiving(statement);
			String system = query(statement, "select system_identifier from pg_control_system()");
			BackupFolder backups = BackupFolder.openOrCreate(folder, system);
			try (FileChannel _ = backups.lock()) {
				Path backup = create(statement, backups, system);
				int pruned = backups.prune(Instant.now().minus(keep));
				if (pruned > 0) {
					this.console.printLine("Deleted " + pruned + " older backups.");
				}
				return backup;
			}
		}
	}

	private static void requireArchiving(Statement statement) throws SQLException {
		if (!query(statement, "show archive_command").equals(WalArchiving.serverSettings().get("archive_command"))) {
			throw new StartupException(
					"The running Lectern is of a version that makes no backups: stop it, and start this version.");
		}
	}

	private Path create(Statement statement, BackupFolder backups, String system)
			throws IOException, SQLException, InterruptedException {
		Optional<Path> before = this.archiving.target().filter((folder) -> !folder.equals(backups.path()));
		boolean failing = this.archiving.failure().isPresent();
		boolean first = before.isEmpty() && this.archiving.target().isEmpty();
		Path unfinished = backups.createUnfinished(Instant.now());
		boolean complete = false;
		try {
			requireSpace(backups.path());
			backups.wal().addHistories(this.data.resolve(DataFolder.CLUSTER_FOLDER).resolve("pg_wal"));
			this.archiving.setFailureAside();
			if (before.isPresent() && !failing) {
				// If this backup fails, the former folder must have no gap.
				this.archiving.start(backups.path(), before.get());
			}
			else {
				this.archiving.start(backups.path());
			}
			statement.execute("alter system set archive_timeout = '" + ARCHIVE_TIMEOUT.toSeconds() + "s'");
			statement.execute("select pg_reload_conf()");
			copy(statement, backups, system, unfinished);
			Path backup = backups.complete(unfinished);
			this.archiving.start(backups.path());
			this.archiving.recordBackup(backup);
			complete = true;
			return backup;
		}
		finally {
			if (!complete) {
				cleanUp(unfinished, first ? Optional.empty() : Optional.of(before.orElse(backups.path())));
			}
		}
	}

	/**
	 * A thread that is still interrupted could not write the file.
	 * @param archive where the log was copied to before
	 */
	private void cleanUp(Path unfinished, Optional<Path> archive) throws IOException {
		boolean interrupted = Thread.interrupted();
		PrivateFiles.deleteFolder(unfinished);
		if (archive.isPresent()) {
			this.archiving.start(archive.get());
		}
		else {
			this.archiving.stop();
		}
		this.archiving.putFailureBack();
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private void copy(Statement statement, BackupFolder backups, String system, Path unfinished)
			throws IOException, SQLException, InterruptedException {
		Instant startedAt = Instant.now();
		String firstWal = query(statement, "select pg_walfile_name(pg_backup_start('lectern', true))");
		Path target = unfinished.resolve("data");
		CopyProgress progress = new CopyProgress(this.console, "Copied");
		List<CopiedFile> files = new ArrayList<>(ClusterCopy.copy(this.data, target, progress));
		for (String name : OTHER_FILES) {
			copyOther(name, target, files, progress);
		}
		String lastWal;
		try (ResultSet stopped = statement
			.executeQuery("select labelfile, pg_walfile_name(lsn) from pg_backup_stop(false)")) {
			stopped.next();
			// PostgreSQL begins its recovery where this file says, not where the copied
			// control file does.
			files.add(writeLabel(target, stopped.getString(1)));
			lastWal = stopped.getString(2);
		}
		awaitArchived(statement, backups.wal(), WalFile.parse(firstWal), WalFile.parse(lastWal));
		new BackupManifest(DataFormat.CURRENT, PostgresBinaries.majorVersion(), system, migrations(),
				WalFile.parse(firstWal), WalFile.parse(lastWal), startedAt, Instant.now(), files)
			.write(unfinished);
		PrivateFiles.force(target);
		PrivateFiles.force(unfinished);
	}

	private void copyOther(String name, Path target, List<CopiedFile> files, CopyProgress progress) throws IOException {
		List<String> paths = new ArrayList<>();
		if (Files.isDirectory(this.data.resolve(name))) {
			PrivateFiles.createFolder(target.resolve(name));
			try (DirectoryStream<Path> children = Files.newDirectoryStream(this.data.resolve(name))) {
				children.forEach((child) -> paths.add(name + "/" + child.getFileName()));
			}
		}
		else if (Files.exists(this.data.resolve(name))) {
			paths.add(name);
		}
		for (String path : paths) {
			files.add(CopiedFile.copy(this.data, target, path, progress));
			PrivateFiles.force(target.resolve(path));
		}
		if (Files.isDirectory(target.resolve(name))) {
			PrivateFiles.force(target.resolve(name));
		}
	}

	private static CopiedFile writeLabel(Path target, String label) throws IOException {
		Path cluster = target.resolve(DataFolder.CLUSTER_FOLDER);
		PrivateFiles.write(cluster.resolve("backup_label"), label);
		PrivateFiles.force(cluster.resolve("backup_label"));
		PrivateFiles.force(cluster);
		return CopiedFile.describe(target, DataFolder.CLUSTER_FOLDER + "/backup_label");
	}

	/** Without these files the copy is worth nothing. */
	private void awaitArchived(Statement statement, WalArchive archive, WalFile first, WalFile last)
			throws IOException, SQLException, InterruptedException {
		long begin = System.nanoTime();
		for (long number = first.number(); number <= last.number(); number++) {
			String name = new WalFile(first.timeline(), number).toString();
			while (!archive.contains(name)) {
				Optional<String> failure = this.archiving.failure();
				if (failure.isPresent() || System.nanoTime() - begin > ARCHIVE_WAIT_LIMIT.toNanos()) {
					throw new StartupException(
							"The backup was given up, because the write-ahead log is not copied to it ("
									+ failure.orElse("no reason is known")
									+ "): free some space there, or choose another folder.");
				}
				statement.execute("select pg_sleep(0.1)");
				if (Thread.interrupted()) {
					throw new InterruptedException();
				}
			}
		}
	}

	private Map<String, List<String>> migrations() throws IOException, SQLException {
		Map<String, List<String>> migrations = new LinkedHashMap<>();
		for (String name : Databases.NAMES) {
			migrations.put(name, new MigrationCheck(this.databases, this.data).applied(name));
		}
		return migrations;
	}

	private void requireSpace(Path folder) throws IOException {
		long needed = CopyProgress.sizeOf(this.data.resolve(DataFolder.CLUSTER_FOLDER).resolve("base"));
		long free = Files.getFileStore(folder).getUsableSpace();
		if (free < needed) {
			throw new StartupException("The disk of " + folder + " has " + CopyProgress.megabytes(free)
					+ " MB free, and a backup needs at least " + CopyProgress.megabytes(needed)
					+ " MB: free some space, or choose a folder on another disk.");
		}
	}

	private static String query(Statement statement, String query) throws SQLException {
		try (ResultSet rows = statement.executeQuery(query)) {
			rows.next();
			return rows.getString(1);
		}
	}

}

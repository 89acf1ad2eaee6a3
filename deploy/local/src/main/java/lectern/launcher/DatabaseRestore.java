package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Restores the database of a data folder. Everything is prepared beside the present one,
 * which is moved away at the end and never deleted.
 */
final class DatabaseRestore {

	private static final String UNFINISHED = "restoring";

	private static final String ERASURES = "erasures.txt";

	/** What belongs to the present database. */
	private static final List<String> REPLACED = List.of(DataFolder.CLUSTER_FOLDER, "secrets", "admin-password",
			"tokens", "place", WalArchiving.FOLDER);

	private final DataFolder data;

	private final Path erasureFolder;

	private final UnprivilegedUser user;

	private final LauncherConsole console;

	DatabaseRestore(DataFolder data, Path erasureFolder, UnprivilegedUser user, LauncherConsole console) {
		this.data = data;
		this.erasureFolder = erasureFolder;
		this.user = user;
		this.console = console;
	}

	/**
	 * Check that no restore was interrupted between moving the former database away and
	 * moving the restored one in. Otherwise a start would create an empty one.
	 */
	static void requireComplete(DataFolder data) {
		Path unfinished = data.path().resolve(UNFINISHED);
		if (Files.exists(unfinished) && !Files.exists(data.clusterFolder())) {
			throw new StartupException("A restore into " + data.path()
					+ " was interrupted at its end: run lectern restore again, or move the content of the folder "
					+ "replaced-... back.");
		}
	}

	/** Restore. If this fails, the data folder is as before. */
	void run(RestoreSource source) throws IOException, SQLException, InterruptedException {
		BackupManifest manifest = source.backup().manifest();
		requireSpace(manifest.bytes());
		Path unfinished = this.data.path().resolve(UNFINISHED);
		PrivateFiles.deleteFolder(unfinished);
		boolean prepared = false;
		try {
			PrivateFiles.createFolder(unfinished);
			this.console.printLine("Restoring " + source.backup().path() + " ("
					+ CopyProgress.megabytes(manifest.bytes()) + " MB) ...");
			copy(source.backup(), unfinished);
			DatabaseRecovery recovery = new DatabaseRecovery(this.data, unfinished, this.user, this.console);
			String lastTransaction = recovery.run(source);
			mergeErasures(source.folder().erasures());
			prepared = true;
			moveIn(unfinished);
			PrivateFiles.deleteFolder(unfinished);
			this.console.printLine("The data folder " + this.data.path() + " has the state of "
					+ source.at().map(Instant::toString).orElse("the newest copy") + "; the last change was at "
					+ lastTransaction + ".");
		}
		finally {
			if (!prepared) {
				PrivateFiles.deleteFolder(unfinished);
			}
		}
	}

	private void requireSpace(long bytes) throws IOException {
		long free = Files.getFileStore(this.data.path()).getUsableSpace();
		if (free < bytes + DataFolder.MIN_FREE_BYTES) {
			throw new StartupException("The disk of the data folder " + this.data.path() + " has "
					+ CopyProgress.megabytes(free) + " MB free, and the restore needs "
					+ CopyProgress.megabytes(bytes + DataFolder.MIN_FREE_BYTES)
					+ " MB, because the present database is kept: free some space, or set LECTERN_DATA to a folder on "
					+ "another disk.");
		}
	}

	/** PostgreSQL forces all of it to the disk before it recovers. */
	private void copy(BackupFolder.Backup backup, Path target) throws IOException {
		try (Stream<Path> paths = Files.walk(backup.data())) {
			for (Path folder : paths.filter(Files::isDirectory).toList()) {
				PrivateFiles.createFolder(target.resolve(backup.data().relativize(folder)));
			}
		}
		CopyProgress progress = new CopyProgress(this.console, "Restored");
		for (CopiedFile file : backup.manifest().files()) {
			requireInside(target, file);
			try {
				if (!CopiedFile.copy(backup.data(), target, file.path(), progress).equals(file)) {
					throw damagedException(backup, file, "has changed since the backup was made");
				}
			}
			catch (NoSuchFileException _) {
				throw damagedException(backup, file, "is missing");
			}
		}
	}

	private static void requireInside(Path target, CopiedFile file) {
		if (!target.resolve(file.path()).normalize().startsWith(target)) {
			throw new StartupException("The manifest of the backup names " + file.path()
					+ ", which is outside of the data folder: restore another backup.");
		}
	}

	private static StartupException damagedException(BackupFolder.Backup backup, CopiedFile file, String fault) {
		return new StartupException("The file " + file.path() + " of the backup " + backup.path() + " " + fault
				+ ": restore another one, with --at an instant before this one.");
	}

	/**
	 * Have the erasures repeated that happened after the restored state. Both lists may
	 * lack some: that of the backups the last minute, and this one all, if it was lost.
	 */
	private void mergeErasures(Path copied) throws IOException {
		if (!Files.exists(copied)) {
			return;
		}
		Path list = this.erasureFolder.resolve(ERASURES);
		PrivateFiles.createFolder(this.erasureFolder);
		Set<String> lines = new LinkedHashSet<>(Files.exists(list) ? Files.readAllLines(list) : List.of());
		if (lines.addAll(Files.readAllLines(copied))) {
			PrivateFiles.write(list, String.join("\n", lines) + "\n");
			PrivateFiles.force(list);
			PrivateFiles.force(this.erasureFolder);
		}
	}

	private void moveIn(Path unfinished) throws IOException {
		Path replaced = this.data.path()
			.resolve("replaced-" + Instant.now().truncatedTo(ChronoUnit.SECONDS).toString().replaceAll("[-:]", ""));
		for (String name : REPLACED) {
			Path present = this.data.path().resolve(name);
			if (Files.exists(present)) {
				PrivateFiles.createFolder(replaced);
				Files.move(present, replaced.resolve(name));
			}
		}
		// The database last: only with it the folder is complete.
		for (String name : List.of("secrets", "admin-password", DataFolder.CLUSTER_FOLDER)) {
			Path restored = unfinished.resolve(name);
			if (Files.exists(restored)) {
				Files.move(restored, this.data.path().resolve(name));
			}
		}
		PrivateFiles.force(this.data.path());
		if (Files.exists(replaced)) {
			this.console.printLine("The former database is in " + replaced + "; delete it when you do not need it.");
		}
	}

}

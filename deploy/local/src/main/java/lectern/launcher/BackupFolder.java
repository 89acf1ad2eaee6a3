package lectern.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with the backups of one Lectern and its write-ahead log. Each backup is a
 * folder that gets its name when it is complete.
 *
 * @param path the folder
 */
record BackupFolder(Path path) {

	static final String UNFINISHED = ".unfinished";

	private static final String BACKUP = "backup-";

	private static final String OWNER = "lectern-backups";

	private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'")
		.withZone(ZoneOffset.UTC);

	/**
	 * A complete backup.
	 *
	 * @param path its folder
	 */
	record Backup(Path path, BackupManifest manifest) {

		/** The files, under their paths in the data folder. */
		Path data() {
			return this.path.resolve("data");
		}

	}

	/**
	 * Open a folder for a new backup; create it if it is missing.
	 * @param path the folder
	 * @param systemIdentifier the identifier of the cluster
	 * @throws StartupException if it contains anything else than backups of this cluster
	 */
	static BackupFolder openOrCreate(Path path, String systemIdentifier) throws IOException {
		PrivateFiles.createFolder(path);
		Path owner = path.resolve(OWNER);
		if (Files.exists(owner)) {
			if (!Files.readString(owner).strip().equals(systemIdentifier)) {
				throw new StartupException("The folder " + path
						+ " has the backups of another Lectern: choose another folder, or a new one.");
			}
		}
		else if (isEmpty(path)) {
			PrivateFiles.createFolder(path.resolve("wal"));
			PrivateFiles.write(owner, systemIdentifier + "\n");
		}
		else {
			throw new StartupException("The folder " + path
					+ " is not empty and has no backups of Lectern: choose an empty folder, or a new one.");
		}
		return new BackupFolder(path);
	}

	/**
	 * Open a folder that has backups.
	 * @throws StartupException if it has none
	 */
	static BackupFolder open(Path path) throws IOException {
		if (!Files.exists(path.resolve(OWNER))) {
			throw new StartupException("The folder " + path
					+ " has no backups of Lectern: name the folder that was given to lectern backup.");
		}
		return new BackupFolder(path);
	}

	private static boolean isEmpty(Path folder) throws IOException {
		try (Stream<Path> files = Files.list(folder)) {
			// A disk of its own.
			return files.allMatch((file) -> file.endsWith("lost+found"));
		}
	}

	/**
	 * Let nobody else make a backup here until the channel is closed.
	 * @throws StartupException if somebody does
	 */
	FileChannel lock() throws IOException {
		Path lock = this.path.resolve("lock");
		if (!Files.exists(lock)) {
			PrivateFiles.write(lock, "");
		}
		FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
		if (channel.tryLock() == null) {
			channel.close();
			throw new StartupException(
					"Another backup is being made in " + this.path + ": wait for its end, or stop it.");
		}
		return channel;
	}

	WalArchive wal() {
		return new WalArchive(this.path.resolve("wal"));
	}

	/** The list of erasures, a copy that is at most about a minute old. */
	Path erasures() {
		return this.path.resolve("erasures.txt");
	}

	/** Return the complete backups, the oldest first. */
	List<Backup> backups() throws IOException {
		List<Backup> backups = new ArrayList<>();
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(this.path, BACKUP + "*Z")) {
			for (Path folder : folders) {
				try {
					backups.add(new Backup(folder, BackupManifest.read(folder)));
				}
				catch (NoSuchFileException _) {
					// Somebody is deleting it.
				}
			}
		}
		backups.sort(Comparator.comparing((backup) -> backup.manifest().finishedAt()));
		return backups;
	}

	/** Return the folder of a new backup until it is complete. */
	Path createUnfinished(Instant start) throws IOException {
		deleteUnfinished();
		Path folder = this.path.resolve(BACKUP + NAME.format(start) + UNFINISHED);
		PrivateFiles.createFolder(folder);
		return folder;
	}

	/** Give a complete backup its name. */
	Path complete(Path unfinished) throws IOException {
		String name = unfinished.getFileName().toString();
		Path complete = unfinished.resolveSibling(name.substring(0, name.length() - UNFINISHED.length()));
		Files.move(unfinished, complete);
		PrivateFiles.force(this.path);
		return complete;
	}

	/** Delete what an earlier run has left when it was killed. */
	void deleteUnfinished() throws IOException {
		try (DirectoryStream<Path> folders = Files.newDirectoryStream(this.path, BACKUP + "*" + UNFINISHED)) {
			for (Path folder : folders) {
				PrivateFiles.deleteFolder(folder);
			}
		}
	}

	/**
	 * Delete the backups from before an instant, except the newest of all, and the
	 * write-ahead log that no other one needs.
	 * @return how many were deleted
	 */
	int prune(Instant limit) throws IOException {
		List<Backup> backups = backups();
		int deleted = 0;
		for (Backup backup : backups.subList(0, Math.max(0, backups.size() - 1))) {
			if (backup.manifest().finishedAt().isBefore(limit)) {
				// Without its manifest it is no backup any more.
				Files.delete(backup.path().resolve(BackupManifest.FILE_NAME));
				Files.move(backup.path(), backup.path().resolveSibling(backup.path().getFileName() + UNFINISHED));
				deleted++;
			}
		}
		deleteUnfinished();
		List<Backup> kept = backups();
		if (!kept.isEmpty()) {
			WalFile oldest = kept.stream()
				.map((backup) -> backup.manifest().firstWal())
				.min(Comparator.comparing(WalFile::number))
				.orElseThrow();
			wal().deleteBefore(oldest);
		}
		return deleted;
	}

}

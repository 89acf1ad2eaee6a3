package lectern.launcher;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The backup and the write-ahead log that a restore uses. */
final class RestoreSource {

	private final BackupFolder folder;

	private final Optional<Instant> at;

	private final BackupFolder.Backup backup;

	/**
	 * Choose the newest backup that leads to an instant.
	 * @param folder the folder of all backups
	 * @param at the instant; empty for the newest state
	 * @throws StartupException if there is no such backup
	 */
	RestoreSource(BackupFolder folder, Optional<Instant> at) throws IOException {
		this.folder = folder;
		this.at = at;
		List<BackupFolder.Backup> all = folder.backups();
		if (all.isEmpty()) {
			throw new StartupException("There is no complete backup in " + folder.path()
					+ ": name the folder that was given to lectern backup.");
		}
		this.backup = all.stream()
			.filter((candidate) -> at.isEmpty() || !candidate.manifest().finishedAt().isAfter(at.get()))
			.reduce((_, later) -> later)
			.orElseThrow(() -> new StartupException("The first backup in " + folder.path() + " was complete at "
					+ all.getFirst().manifest().finishedAt() + ": choose this instant or a later one."));
	}

	/**
	 * Check that this version can use the backup, and that no part of the write-ahead log
	 * is missing.
	 */
	void requireFit(Installation installation) throws IOException {
		BackupManifest manifest = this.backup.manifest();
		String postgres = PostgresBinaries.majorVersion();
		if (!manifest.postgresVersion().equals(postgres)) {
			throw new StartupException("The backup " + this.backup.path() + " is of PostgreSQL "
					+ manifest.postgresVersion() + ", and this Lectern contains PostgreSQL " + postgres
					+ ": restore it with the Lectern that has made it.");
		}
		if (manifest.dataFormat() != DataFormat.CURRENT) {
			throw new StartupException("The backup " + this.backup.path() + " has data format " + manifest.dataFormat()
					+ ", and this version reads only data format " + DataFormat.CURRENT
					+ ": restore it with the Lectern that has made it.");
		}
		for (String name : Databases.NAMES) {
			MigrationCheck.requireKnownMigrations("The backup " + this.backup.path(), name,
					manifest.migrations().getOrDefault(name, List.of()), installation.jar(name + "-service"));
		}
		requireNoGap(manifest);
	}

	private void requireNoGap(BackupManifest manifest) throws IOException {
		Optional<WalFile> gap = this.folder.wal().findGap(manifest.firstWal(), manifest.lastWal());
		if (gap.isEmpty()) {
			return;
		}
		if (gap.get().number() <= manifest.lastWal().number()) {
			throw new StartupException("The backup " + this.backup.path() + " is not complete, because " + gap.get()
					+ ".gz is missing in " + this.folder.wal().folder()
					+ ": find this file, or choose an instant before this backup.");
		}
		if (this.at.isEmpty()) {
			throw new StartupException("The write-ahead log in " + this.folder.wal().folder() + " has a gap, because "
					+ gap.get() + ".gz is missing: find this file, or choose with --at an instant before the gap.");
		}
	}

	BackupFolder folder() {
		return this.folder;
	}

	BackupFolder.Backup backup() {
		return this.backup;
	}

	/** The instant to restore; empty for the newest state. */
	Optional<Instant> at() {
		return this.at;
	}

}

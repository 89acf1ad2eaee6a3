package lectern.launcher;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackupFolderTests {

	private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

	@TempDir
	private Path folder;

	@Test
	void manifestIsReadAsWritten() throws IOException {
		BackupManifest manifest = manifest(NOON, 7);
		manifest.write(this.folder);

		assertThat(BackupManifest.read(this.folder)).isEqualTo(manifest);
		assertThat(manifest.bytes()).isEqualTo(12);
		assertThat(Files.getPosixFilePermissions(this.folder.resolve(BackupManifest.FILE_NAME))).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "finished", "first-wal", "file", "postgresql" })
	void damagedManifestIsRefused(String name) throws IOException {
		manifest(NOON, 7).write(this.folder);
		Path file = this.folder.resolve(BackupManifest.FILE_NAME);
		Files.writeString(file, Files.readString(file).replaceAll("(?m)^" + name + " .*$", name + " "));
		if (name.equals("postgresql")) {
			Files.writeString(file, Files.readString(file).replaceAll("(?m)^postgresql.*\n", ""));
		}

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> BackupManifest.read(this.folder))
			.withMessageContaining("was changed or is damaged");
	}

	@Test
	void manifestOfAnotherVersionIsRefused() throws IOException {
		Files.writeString(this.folder.resolve(BackupManifest.FILE_NAME), "lectern-backup 2\n");

		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> BackupManifest.read(this.folder))
			.withMessageContaining("is not of this version of backups");
	}

	@Test
	void folderWithOtherFilesIsRefused() throws IOException {
		Files.createFile(this.folder.resolve("holiday.jpg"));

		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> BackupFolder.openOrCreate(this.folder, "7001"))
			.withMessageContaining("is not empty and has no backups of Lectern");
		assertThat(this.folder.toFile().list()).containsExactly("holiday.jpg");
	}

	@Test
	void folderOfAnotherClusterIsRefused() throws IOException {
		BackupFolder.openOrCreate(this.folder, "7001");
		BackupFolder.openOrCreate(this.folder, "7001");

		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> BackupFolder.openOrCreate(this.folder, "7002"))
			.withMessageContaining("has the backups of another Lectern");
	}

	@Test
	void secondBackupAtOnceIsRefused() throws IOException {
		BackupFolder backups = BackupFolder.openOrCreate(this.folder, "7001");
		try (FileChannel _ = backups.lock()) {
			// Another process gets the sentence for users.
			assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(backups::lock);
		}
		backups.lock().close();
	}

	@Test
	void oldBackupsAndTheirLogAreDeleted() throws IOException {
		BackupFolder backups = BackupFolder.openOrCreate(this.folder, "7001");
		create(backups, NOON.minusSeconds(30), 3);
		create(backups, NOON.minusSeconds(20), 5);
		create(backups, NOON.minusSeconds(10), 7);
		Path killed = backups.createUnfinished(NOON);
		Files.createFile(killed.resolve("half"));
		for (int number = 1; number <= 8; number++) {
			Files.createFile(this.folder.resolve("wal").resolve(new WalFile(1, number) + ".gz"));
		}

		assertThat(backups.prune(NOON.minusSeconds(20))).isOne();

		assertThat(backups.backups()).extracting((backup) -> backup.manifest().firstWal().number())
			.containsExactly(5L, 7L);
		assertThat(backups.path().resolve("wal").toFile().list()).hasSize(4)
			.doesNotContain("000000010000000000000004.gz");
		assertThat(killed).doesNotExist();

		assertThat(backups.prune(NOON.plusSeconds(1))).isOne();

		assertThat(backups.backups()).extracting((backup) -> backup.manifest().firstWal().number()).containsExactly(7L);
		assertThat(this.folder.toFile().list()).hasSize(3);
	}

	@Test
	void newestBackupBeforeInstantIsChosen() throws IOException {
		BackupFolder backups = BackupFolder.openOrCreate(this.folder, "7001");
		Path first = create(backups, NOON.minusSeconds(30), 3);
		Path second = create(backups, NOON.minusSeconds(20), 5);

		assertThat(chosen(backups, Optional.empty())).isEqualTo(second);
		assertThat(chosen(backups, Optional.of(NOON))).isEqualTo(second);
		assertThat(chosen(backups, Optional.of(NOON.minusSeconds(20)))).isEqualTo(second);
		assertThat(chosen(backups, Optional.of(NOON.minusSeconds(21)))).isEqualTo(first);
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> chosen(backups, Optional.of(NOON.minusSeconds(31))))
			.withMessageContaining("was complete at 2026-11-30T11:59:30Z: choose this instant or a later one");
	}

	@Test
	void folderWithoutBackupIsRefused() throws IOException {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> BackupFolder.open(this.folder))
			.withMessageContaining("has no backups of Lectern");
		BackupFolder backups = BackupFolder.openOrCreate(this.folder, "7001");
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> chosen(backups, Optional.empty()))
			.withMessageContaining("There is no complete backup in");
	}

	@Test
	void backupOfAnotherVersionIsRefused() throws IOException {
		BackupFolder backups = BackupFolder.openOrCreate(this.folder, "7001");
		Path backup = create(backups, NOON, 3);
		Path file = backup.resolve(BackupManifest.FILE_NAME);
		String manifest = Files.readString(file);
		Path project = this.folder.resolveSibling(this.folder.getFileName() + "-project");
		FakeProject.create(project);

		Files.writeString(file, manifest.replaceAll("(?m)^postgresql .*", "postgresql 9"));
		assertRefused(backups, project, "is of PostgreSQL 9, and this Lectern contains PostgreSQL");
		Files.writeString(file, manifest.replaceAll("(?m)^data-format .*", "data-format 999"));
		assertRefused(backups, project, "has data format 999, and this version reads only data format");
		Files.writeString(file, manifest.replaceAll("(?m)^migrations-progress .*", "migrations-progress 999"));
		assertRefused(backups, project, "was written by a newer Lectern (migration 999 of the database progress)");
		Files.writeString(file, manifest);
		assertRefused(backups, project, "is not complete, because 000000010000000000000003.gz is missing");
		PrivateFiles.deleteFolder(project);
	}

	@Test
	void instantOfRestoreIsOfThePast() {
		assertThat(RestoreCommand.parseInstant("2026-11-30T13:30:00+02:00", NOON))
			.isEqualTo(Instant.parse("2026-11-30T11:30:00Z"));
		for (String invalid : List.of("yesterday", "2026-11-30", "2026-11-30T11:00:00")) {
			assertThatExceptionOfType(StartupException.class)
				.isThrownBy(() -> RestoreCommand.parseInstant(invalid, NOON))
				.withMessageContaining("is no instant");
		}
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> RestoreCommand.parseInstant("2026-11-30T12:00:01Z", NOON))
			.withMessageContaining("is in the future");
	}

	private static void assertRefused(BackupFolder backups, Path project, String reason) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> new RestoreSource(backups, Optional.empty()).requireFit(new Installation(project)))
			.withMessageContaining(reason);
	}

	private static Path chosen(BackupFolder backups, Optional<Instant> at) throws IOException {
		return new RestoreSource(backups, at).backup().path();
	}

	private static Path create(BackupFolder backups, Instant finished, long firstWal) throws IOException {
		Path unfinished = backups.createUnfinished(finished);
		manifest(finished, firstWal).write(unfinished);
		return backups.complete(unfinished);
	}

	private static BackupManifest manifest(Instant finished, long firstWal) throws IOException {
		return new BackupManifest(DataFormat.CURRENT, PostgresBinaries.majorVersion(), "7001",
				new TreeMap<>(Map.of("catalog", List.<String>of(), "progress", List.of())), new WalFile(1, firstWal),
				new WalFile(1, firstWal + 1), finished.minusSeconds(5), finished,
				List.of(new CopiedFile("database/base/1/with space", 5, "ab12"),
						new CopiedFile("secrets/postgres", 7, "cd34")));
	}

}

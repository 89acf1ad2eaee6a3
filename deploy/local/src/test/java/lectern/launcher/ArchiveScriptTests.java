package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The script that PostgreSQL runs for each file of its log, run as PostgreSQL does. */
class ArchiveScriptTests {

	private static final String NAME = "000000010000000000000001";

	@TempDir
	private Path folder;

	private Path cluster;

	private Path backups;

	private WalArchiving archiving;

	@BeforeEach
	void install() throws IOException {
		Path data = Files.createDirectory(this.folder.resolve("data"));
		this.cluster = data.resolve("database");
		Files.createDirectories(this.cluster.resolve("pg_wal/archive_status"));
		Files.writeString(this.cluster.resolve("pg_wal").resolve(NAME), "the log");
		// Quotes would be needed in a shell.
		this.backups = this.folder.resolve("my backups");
		Files.createDirectories(this.backups.resolve("wal"));
		Files.createDirectory(this.folder.resolve("erasures"));
		this.archiving = new WalArchiving(data);
		this.archiving.install(this.folder.resolve("erasures"));
	}

	@Test
	void copiesNothingBeforeFirstBackup() throws Exception {
		assertThat(archive()).isZero();
		assertThat(this.backups.resolve("wal")).isEmptyDirectory();
	}

	@Test
	void copiesFileOnceAndAcceptsRepetition() throws Exception {
		this.archiving.start(this.backups);

		assertThat(archive()).isZero();
		assertThat(archive()).isZero();

		assertThat(this.backups.resolve("wal").toFile().list()).containsExactly(NAME + ".gz");
		try (GZIPInputStream copy = new GZIPInputStream(Files.newInputStream(copy()))) {
			assertThat(copy).hasContent("the log");
		}
		assertThat(Files.getPosixFilePermissions(copy())).hasSize(2);
		assertThat(this.archiving.failure()).isEmpty();
	}

	@Test
	void neverReplacesFileOfAnotherLog() throws Exception {
		this.archiving.start(this.backups);
		assertThat(archive()).isZero();
		Files.writeString(this.cluster.resolve("pg_wal").resolve(NAME), "another log");

		assertThat(archive()).isOne();

		assertThat(this.archiving.failure().orElseThrow()).endsWith(NAME + ".gz has another content");
		try (GZIPInputStream copy = new GZIPInputStream(Files.newInputStream(copy()))) {
			assertThat(copy).hasContent("the log");
		}
	}

	@Test
	void copiesToBothFoldersWhileBackupsMove() throws Exception {
		Path former = this.folder.resolve("former");
		this.archiving.start(this.backups, former);
		assertThat(archive()).isOne();
		assertThat(this.archiving.failure().orElseThrow()).contains("former/wal is missing");

		Files.createDirectories(former.resolve("wal"));

		assertThat(archive()).isZero();
		assertThat(former.resolve("wal").toFile().list()).containsExactly(NAME + ".gz");
		assertThat(copy()).exists();
		assertThat(this.archiving.target()).contains(this.backups);
	}

	@Test
	void failureIsStoredUntilFolderIsBack() throws Exception {
		this.archiving.start(this.backups);
		Path away = Files.move(this.backups, this.folder.resolve("unmounted"));

		assertThat(archive()).isOne();
		assertThat(this.archiving.failure().orElseThrow()).contains("my backups/wal is missing");

		Files.move(away, this.backups);
		assertThat(archive()).isZero();
		assertThat(this.archiving.failure()).isEmpty();
	}

	@Test
	void failureDoesNotFillDiskOfDatabase() throws Exception {
		this.archiving.start(this.folder.resolve("unmounted"));
		for (int number = 0; number <= 128; number++) {
			Files.createFile(this.cluster.resolve("pg_wal/archive_status/%024X.ready".formatted(number)));
		}

		assertThat(archive()).isZero();

		assertThat(this.archiving.target()).isEmpty();
		assertThat(this.archiving.failure()).isPresent();

		// Another backup is tried and fails, too.
		this.archiving.setFailureAside();
		this.archiving.start(this.backups);
		assertThat(this.archiving.failure()).isEmpty();
		this.archiving.stop();
		this.archiving.putFailureBack();
		assertThat(this.archiving.failure()).isPresent();
	}

	@Test
	void addsErasuresAndNeverRemovesOne() throws Exception {
		this.archiving.start(this.backups);
		Path copied = this.backups.resolve("erasures.txt");
		Files.writeString(this.folder.resolve("erasures/erasures.txt"), "# Accounts\none\n");
		assertThat(archive()).isZero();
		assertThat(copied).hasContent("# Accounts\none\n");

		Files.writeString(this.folder.resolve("erasures/erasures.txt"), "# Accounts\ntwo\n");
		assertThat(archive()).isZero();

		assertThat(copied).hasContent("# Accounts\none\ntwo\n");
	}

	private Path copy() {
		return this.backups.resolve("wal").resolve(NAME + ".gz");
	}

	private int archive() throws IOException, InterruptedException {
		String command = WalArchiving.serverSettings()
			.get("archive_command")
			.replace("%p", "pg_wal/" + NAME)
			.replace("%f", NAME);
		Process process = new ProcessBuilder(List.of("/bin/sh", "-c", command)).directory(this.cluster.toFile())
			.redirectErrorStream(true)
			.start();
		assertThat(process.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		return process.exitValue();
	}

}

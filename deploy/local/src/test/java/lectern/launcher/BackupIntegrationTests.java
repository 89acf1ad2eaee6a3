package lectern.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Backups of a running PostgreSQL and restores of them, with {@link FakeService fake
 * services}. Before the tests, rows are written before and after two backups: one, two,
 * an instant, three.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class BackupIntegrationTests {

	@TempDir
	static Path temporary;

	private static Path folder;

	private static Path root;

	private static Path data;

	private static Path backups;

	private static Ports ports;

	private static RunningLauncher lectern;

	private static Instant instant;

	private static Instant end;

	private static final List<String> consoleLines = new ArrayList<>();

	@BeforeAll
	static void writeAroundTwoBackups() throws Exception {
		folder = temporary.toRealPath();
		root = folder.resolve("project");
		data = folder.resolve("data");
		backups = folder.resolve("my backups");
		FakeProject.create(root);
		ports = FreePorts.find();
		lectern = start(data, ports);
		for (String name : Databases.NAMES) {
			execute(name, "create table log_head (epoch text)", "insert into log_head values ('original')");
		}
		execute("progress", "create table kept (text text)", "insert into kept values ('one')");
		BackupCommand.run(settings(data, ports), backups, consoleLines::add);
		execute("progress", "insert into kept values ('two')");
		instant = Instant.parse(queryValue(data, ports, """
				select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
				"""));
		execute("progress", "insert into kept values ('three')");
		BackupCommand.run(settings(data, ports), backups, consoleLines::add);
		end = Instant.now();
	}

	@AfterAll
	static void stop() throws IOException {
		lectern.close();
	}

	@Test
	void backupHasAllThatDataFolderNeedsForItsOwner() throws IOException {
		assertThat(consoleLines).anyMatch((line) -> line.startsWith("The backup is complete: " + backups));
		List<BackupFolder.Backup> complete = BackupFolder.open(backups).backups();
		assertThat(complete).hasSize(2);
		assertThat(data.resolve("backup/last")).hasContent(complete.getLast().path().toString());
		assertThat(complete.getFirst().manifest().files()).extracting(CopiedFile::path)
			.contains("database/backup_label", "database/global/pg_control", "secrets/postgres", "format")
			.doesNotContain("database/postmaster.pid")
			.noneMatch((path) -> path.startsWith("database/pg_wal/"));
		try (var paths = Files.walk(backups)) {
			assertThat(paths)
				.allSatisfy((path) -> assertThat(Files.getPosixFilePermissions(path)).hasSizeLessThanOrEqualTo(3)
					.allMatch((permission) -> permission.name().startsWith("OWNER_")));
		}
	}

	@Test
	@Order(1)
	void restoresNewestStateIntoEmptyFolder() throws Exception {
		Path restored = folder.resolve("newest");

		restore(restored, Optional.empty());

		assertHasRowsAndOtherEpochs(restored, "one,two,three");
	}

	/** The copy is of the folder that the first test has restored and started. */
	@Test
	@Order(2)
	void copiedFolderGetsOtherEpochsAndRenamedOneDoesNot() throws Exception {
		Path original = folder.resolve("newest");
		Path copy = folder.resolve("copy");
		run("cp", "-a", original.toString(), copy.toString());
		Path renamed = Files.move(original, folder.resolve("renamed"));

		List<String> epochs = startAndReadEpochs(renamed, "kept where it was");
		assertThat(startAndReadEpochs(copy, "The data folder was copied or restored"))
			.doesNotContainAnyElementsOf(epochs);
		assertThat(copy.resolve("backup/last")).hasContent("none");
	}

	@Test
	@Order(3)
	void restoresInstantAndMovesFormerDatabaseAway() throws Exception {
		Path restored = folder.resolve("renamed");

		restore(restored, Optional.of(instant));

		assertThat(consoleLines).anyMatch((line) -> line.startsWith("The former database is in " + restored));
		assertThat(restored.toFile().list((_, name) -> name.startsWith("replaced-"))).singleElement()
			.satisfies((former) -> assertThat(restored.resolve(former).resolve("database/PG_VERSION")).exists());
		assertHasRowsAndOtherEpochs(restored, "one,two");
	}

	@Test
	@Order(4)
	void failedRestoreLeavesDataFolderAsItWas() throws Exception {
		Path restored = folder.resolve("renamed");
		List<String> before = List.of(sortedNames(restored));

		assertRefused(restored, Optional.of(end), "does not reach the instant, because its last change is of 20");

		assertThat(sortedNames(restored)).containsExactlyElementsOf(before);
	}

	@Test
	void instantBeforeFirstBackupIsRefused() {
		assertRefused(folder.resolve("none"), Optional.of(instant.minusSeconds(3600)), "The first backup in");
	}

	@Test
	void restoreIntoRunningLecternIsRefused() {
		assertRefused(data, Optional.empty(), "Lectern already runs on the data folder");
	}

	@Test
	void gapInLogAndDamagedFileAreRefused() throws Exception {
		Path copied = folder.resolve("damaged backups");
		run("cp", "-a", backups.toString(), copied.toString());
		BackupFolder.Backup newest = BackupFolder.open(copied).backups().getLast();
		WalFile last = newest.manifest().lastWal();
		Path wal = copied.resolve("wal");
		Path afterGap = Files.createFile(wal.resolve(new WalFile(1, last.number() + 20) + ".gz"));
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> restore(folder.resolve("none"), copied, Optional.empty()))
			.withMessageContaining("has a gap, because " + new WalFile(1, last.number() + 1));
		Files.delete(afterGap);

		Path file = newest.data().resolve("database/global/pg_control");
		byte[] content = Files.readAllBytes(file);
		content[100] ^= 1;
		Files.write(file, content);
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> restore(folder.resolve("none"), copied, Optional.empty()))
			.withMessageContaining("The file database/global/pg_control of the backup")
			.withMessageContaining("has changed since the backup was made");
		assertThat(folder.resolve("none/database")).doesNotExist();
		assertThat(folder.resolve("none/restoring")).doesNotExist();
	}

	@Test
	void folderInDataFolderOrWithOtherFilesIsRefused() {
		for (Path unfit : List.of(data.resolve("backups"), root)) {
			assertThatExceptionOfType(StartupException.class)
				.isThrownBy(() -> BackupCommand.run(settings(data, ports), unfit, consoleLines::add))
				.withMessageContaining("The folder " + unfit + " is");
		}
	}

	/** The log is not copied, so the backup waits for it at its end. */
	@Test
	@Order(5)
	void terminatedBackupLeavesNothing() throws Exception {
		Path target = folder.resolve("terminated");
		Files.writeString(data.resolve("backup/archive-wal.sh"), "exit 1\n");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-cp", System.getProperty("java.class.path"), BackupCommand.class.getName(), root.toString(),
				target.toString())
			.redirectErrorStream(true)
			.redirectOutput(folder.resolve("terminated.out").toFile());
		builder.environment().put("LECTERN_DATA", data.toString());
		builder.environment().put("LECTERN_PORT", Integer.toString(ports.gateway()));
		Process backup = builder.start();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> hasLabel(target));

		backup.destroy();

		assertThat(backup.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(backup.exitValue()).isNotZero();
		assertThat(Files.readString(folder.resolve("terminated.out")))
			.contains("The backup was stopped, and nothing of it is left.");
		assertThat(target.toFile().list()).doesNotContain("data").noneMatch((name) -> name.startsWith("backup-"));
		assertThat(new WalArchiving(data).target()).contains(backups);
	}

	private static boolean hasLabel(Path target) throws IOException {
		if (!Files.exists(target)) {
			return false;
		}
		try (var unfinished = Files.newDirectoryStream(target, "*.unfinished")) {
			for (Path backup : unfinished) {
				return Files.exists(backup.resolve("data/database/backup_label"));
			}
		}
		return false;
	}

	private static String[] sortedNames(Path path) {
		String[] names = path.toFile().list();
		Arrays.sort(names);
		return names;
	}

	private static void assertHasRowsAndOtherEpochs(Path restored, String rows) throws Exception {
		Ports free = FreePorts.find();
		try (RunningLauncher launcher = start(restored, free)) {
			assertThat(launcher.outputLines()).anyMatch((line) -> line.contains("was copied or restored"));
			assertThat(queryValue(restored, free, "select string_agg(text, ',') from kept")).isEqualTo(rows);
			assertThat(epochs(restored, free)).hasSize(2).allMatch((epoch) -> epoch.matches("[0-9a-f]{12}"));
		}
	}

	private static List<String> startAndReadEpochs(Path started, String line) throws Exception {
		Ports free = FreePorts.find();
		try (RunningLauncher launcher = start(started, free)) {
			boolean minted = launcher.outputLines().stream().anyMatch((printed) -> printed.contains(line));
			assertThat(minted).isEqualTo(!line.startsWith("kept"));
			return epochs(started, free);
		}
	}

	private static List<String> epochs(Path started, Ports used) throws Exception {
		List<String> epochs = new ArrayList<>();
		for (String name : Databases.NAMES) {
			epochs.add(queryValue(started, used, name, "select epoch from log_head"));
		}
		return epochs;
	}

	private static RunningLauncher start(Path started, Ports free) throws IOException {
		return RunningLauncher
			.start(root, started, free.gateway(), Map.of("LECTERN_ADMIN_PASSWORD", "long enough to start"))
			.awaitReady();
	}

	private static LauncherSettings settings(Path used, Ports free) {
		return LauncherSettings.fromEnvironment(
				Map.of("LECTERN_DATA", used.toString(), "LECTERN_PORT", Integer.toString(free.gateway())), root);
	}

	private static void restore(Path target, Optional<Instant> at) throws Exception {
		restore(target, backups, at);
	}

	private static void restore(Path target, Path source, Optional<Instant> at) throws Exception {
		RestoreCommand.run(settings(target, ports), source, at, consoleLines::add);
	}

	private static void assertRefused(Path target, Optional<Instant> at, String reason) {
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> restore(target, at))
			.withMessageContaining(reason);
	}

	private static void run(String... command) throws Exception {
		Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

	private static void execute(String database, String... statements) throws IOException, SQLException {
		try (Connection connection = new Databases(ports.postgres(), new Secrets(data)).connect(database, database);
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private static String queryValue(Path used, Ports free, String query) throws IOException, SQLException {
		return queryValue(used, free, "progress", query);
	}

	private static String queryValue(Path used, Ports free, String database, String query)
			throws IOException, SQLException {
		try (Connection connection = new Databases(free.postgres(), new Secrets(used)).connect(database, database);
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(query)) {
			assertThat(rows.next()).isTrue();
			return rows.getString(1);
		}
	}

}

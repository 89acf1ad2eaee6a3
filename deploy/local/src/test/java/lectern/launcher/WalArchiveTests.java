package lectern.launcher;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WalArchiveTests {

	private static final WalFile FIRST = new WalFile(1, 0xFE);

	private static final WalFile LAST = new WalFile(1, 0x101);

	@TempDir
	private Path folder;

	private WalArchive archive;

	@BeforeEach
	void createArchive() throws IOException {
		this.archive = new WalArchive(this.folder);
		add(1, 0xFE, 0x102);
	}

	@Test
	void nameHasTimelineAndPosition() {
		assertThat(new WalFile(10, 0x1FF)).hasToString("0000000A00000001000000FF");
		assertThat(WalFile.parse("0000000A00000001000000FF")).isEqualTo(new WalFile(10, 0x1FF));
		assertThat(WalFile.numberAt("1/FF000028")).isEqualTo(0x1FF);
	}

	@Test
	void completeLogHasNoGap() throws IOException {
		assertThat(this.archive.findGap(FIRST, LAST)).isEmpty();
	}

	@Test
	void findsFirstMissingFile() throws IOException {
		add(1, 0x104, 0x105);

		assertThat(this.archive.findGap(FIRST, LAST)).contains(new WalFile(1, 0x103));
	}

	@Test
	void findsMissingFileOfBackup() throws IOException {
		assertThat(this.archive.findGap(FIRST, new WalFile(1, 0x103))).contains(new WalFile(1, 0x103));
		assertThat(this.archive.findGap(new WalFile(1, 0xFD), LAST)).contains(new WalFile(1, 0xFD));
	}

	/** The former timeline has the file, too, but PostgreSQL would not read it. */
	@Test
	void findsMissingFileOfLatestTimeline() throws IOException {
		addHistory(2, "1\t0/FF000100\tafter the restore\n");
		add(2, 0xFF, 0xFF);
		add(2, 0x101, 0x101);

		assertThat(this.archive.findGap(FIRST, FIRST)).contains(new WalFile(2, 0x100));

		add(2, 0x100, 0x100);
		assertThat(this.archive.findGap(FIRST, FIRST)).isEmpty();
	}

	@Test
	void deletesWhatIsBeforeOldestBackup() throws IOException {
		addHistory(2, "1\t0/FF000100\tafter the restore\n");
		add(2, 0xFF, 0x100);
		write("0000000100000000000000FE.00000028.backup", "");

		this.archive.deleteBefore(new WalFile(2, 0x100));

		assertThat(this.folder.toFile().list()).containsExactlyInAnyOrder("00000002.history.gz",
				"000000010000000100000000.gz", "000000010000000100000001.gz", "000000010000000100000002.gz",
				"000000020000000100000000.gz");
	}

	@Test
	void addsHistoriesOfCluster() throws IOException {
		Path cluster = Files.createDirectory(this.folder.resolve("pg_wal"));
		Files.writeString(cluster.resolve("00000002.history"), "1\t0/FF000100\tafter the restore\n");

		this.archive.addHistories(cluster);
		this.archive.addHistories(cluster);

		assertThat(this.archive.contains("00000002.history")).isTrue();
		assertThat(this.archive.findGap(FIRST, LAST)).contains(new WalFile(2, 0xFF));
	}

	private void add(int timeline, int from, int to) throws IOException {
		for (int number = from; number <= to; number++) {
			write(new WalFile(timeline, number).toString(), "");
		}
	}

	private void addHistory(int timeline, String content) throws IOException {
		write("%08X.history".formatted(timeline), content);
	}

	private void write(String name, String content) throws IOException {
		try (OutputStream file = new GZIPOutputStream(Files.newOutputStream(this.folder.resolve(name + ".gz")))) {
			file.write(content.getBytes(StandardCharsets.US_ASCII));
		}
	}

}

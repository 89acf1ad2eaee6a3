package lectern.progress.erasure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Flux;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The list of erasures in a file. */
class ErasureListTests {

	private static final LocalDate TODAY = LocalDate.parse("2026-11-29");

	private static final UUID FIRST = UUID.fromString("00000000-0000-4000-8000-000000000001");

	private static final UUID SECOND = UUID.fromString("00000000-0000-4000-8000-000000000002");

	@TempDir
	private Path folder;

	@Test
	void missingFileIsAnEmptyList() {
		assertThat(list().read().block(HANG_LIMIT)).isEmpty();
		assertThat(new ErasureList(null).read().block(HANG_LIMIT)).isEmpty();
	}

	@Test
	void listIsReadAfterRestart() {
		add(FIRST);
		add(SECOND);
		assertThat(list().read().block(HANG_LIMIT)).containsExactly(FIRST, SECOND);
	}

	@Test
	void accountIsListedOnceWithTheDate() throws IOException {
		add(FIRST);
		add(FIRST);
		assertThat(Files.readAllLines(file())).filteredOn((line) -> !line.startsWith("#"))
			.containsExactly(FIRST + " 2026-11-29");
	}

	@Test
	void concurrentErasuresAreAllListed() {
		Flux.range(0, 20).flatMap((number) -> list().add(new UUID(1, number), TODAY), 20).then().block(HANG_LIMIT);
		assertThat(list().read().block(HANG_LIMIT)).hasSize(20);
	}

	@Test
	void halfALineIsPassedOver() throws IOException {
		add(FIRST);
		Files.writeString(file(), Files.readString(file()) + "00000000-00");
		add(SECOND);
		assertThat(list().read().block(HANG_LIMIT)).containsExactly(FIRST, SECOND);
	}

	private void add(UUID id) {
		list().add(id, TODAY).block(HANG_LIMIT);
	}

	private ErasureList list() {
		return new ErasureList(this.folder.resolve("below"));
	}

	private Path file() {
		return this.folder.resolve("below").resolve(ErasureList.NAME);
	}

}

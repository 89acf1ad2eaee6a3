package lectern.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.assertj.core.api.AbstractStringAssert;
import org.awaitility.Awaitility;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lines of the access log of a gateway.
 *
 * @param file the file in which they are
 */
record AccessLines(Path file) {

	/** Wait for the one line that contains a text, and assert what it is. */
	AbstractStringAssert<?> assertOne(String text) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> assertThat(containing("")).anyMatch((line) -> line.contains(text)));
		return assertThat(containing(text)).singleElement().asString();
	}

	List<String> containing(String text) {
		try {
			return Files.readAllLines(this.file).stream().filter((line) -> line.contains(text)).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

package lectern.progress.command;

import lectern.web.Problem;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static lectern.progress.command.CommandListPlaces.MAX_LISTS;
import static lectern.progress.command.CommandListPlaces.MAX_LISTS_PER_READER;
import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class CommandListPlacesTests {

	private final CommandListPlaces places = new CommandListPlaces();

	@Test
	void newestListOfReaderTakesPlaceOfOldest() {
		CommandListPlaces.Place oldest = this.places.take("ada");
		for (int list = 1; list < MAX_LISTS_PER_READER; list++) {
			this.places.take("ada");
		}
		StepVerifier.create(oldest.displaced())
			.then(() -> this.places.take("ada"))
			.expectError(Problem.class)
			.verify(HANG_LIMIT);
	}

	@Test
	void oneReaderCannotTakeAllPlaces() {
		for (int list = 0; list < 2 * MAX_LISTS; list++) {
			this.places.take("ada");
		}
		assertThatNoException().isThrownBy(() -> this.places.take("grace"));
	}

	@Test
	void placesAreLimitedAndGivenBack() {
		CommandListPlaces.Place first = this.places.take("reader-0");
		for (int list = 1; list < MAX_LISTS; list++) {
			this.places.take("reader-" + list);
		}
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.places.take("ada"));
		first.release();
		first.release();
		this.places.take("ada");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.places.take("grace"));
	}

}

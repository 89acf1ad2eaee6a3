package lectern.web;

import org.junit.jupiter.api.Test;

import org.springframework.http.MediaType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchException;

class ProblemTranslationTests {

	/** Routes that parse the header by themselves pass the exception on. */
	@Test
	void invalidMediaTypeIsAFaultOfTheClient() {
		Exception failure = catchException(() -> MediaType.parseMediaTypes("a/b;q=1.1"));

		Problem problem = new ProblemTranslation().translate(failure);

		assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED);
	}

}

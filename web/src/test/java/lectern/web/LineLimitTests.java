package lectern.web;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LineLimitTests {

	@Test
	void linesBeyondTheLimitAreRefused() {
		LineLimit limit = new LineLimit(3);
		assertThat(Stream.generate(limit::acquire).limit(5)).containsExactly(true, true, true, false, false);
	}

}

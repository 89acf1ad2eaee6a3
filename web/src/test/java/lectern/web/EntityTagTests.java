package lectern.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

class EntityTagTests {

	private final EntityTag tag = new EntityTag(7);

	@ParameterizedTest
	@ValueSource(strings = { "\"7\"", " \"7\" ", "*", "\"6\", \"7\"" })
	void acceptsCurrentTagAndWildcard(String ifMatch) {
		assertThatNoException().isThrownBy(() -> this.tag.requireMatch(ifMatch));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"6\"", "7", "W/\"7\"", "", "\"77\"" })
	void staleTagIsRejectedWithCurrentTag(String ifMatch) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tag.requireMatch(ifMatch))
			.satisfies((problem) -> {
				assertThat(problem.type()).isEqualTo(ProblemType.PRECONDITION_FAILED);
				assertThat(problem.headers().getFirst(HttpHeaders.ETAG)).isEqualTo("\"7\"");
			});
	}

	@Test
	void missingIfMatchIsPreconditionRequired() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tag.requireMatch(null))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.PRECONDITION_REQUIRED));
	}

}

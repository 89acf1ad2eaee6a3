package lectern.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

	@ParameterizedTest
	@CsvSource({ "'\"6\"', Read the resource and try again.", "7, Send an ETag in quotes and without W/.",
			"'W/\"7\"', Send an ETag in quotes and without W/.", "'\"', Send an ETag in quotes and without W/." })
	void rejectionTellsWhetherTagIsStaleOrOfWrongForm(String ifMatch, String advice) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tag.requireMatch(ifMatch))
			.satisfies((problem) -> assertThat(problem.detail()).isEqualTo("The current version is \"7\". " + advice));
	}

	@Test
	void missingIfMatchIsPreconditionRequired() {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> this.tag.requireMatch(null))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.PRECONDITION_REQUIRED));
	}

}

package lectern.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class PreconditionTests {

	private static final EntityTag CURRENT = new EntityTag(3);

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", quoteCharacter = '`', textBlock = """
			*          | -       | passes
			"3"        | -       | passes
			"2", "3"   | -       | passes
			"3"        | "2"     | passes
			-          | -       | precondition-required
			-          | "2"     | precondition-required
			"2"        | -       | precondition-failed
			W/"3"      | -       | precondition-failed
			-          | *       | precondition-failed
			-          | "3"     | precondition-failed
			"3"        | *       | precondition-failed
			""")
	void aChange(String ifMatch, String ifNoneMatch, String verdict) {
		Precondition precondition = new Precondition(ifMatch, ifNoneMatch);
		if (verdict.equals("passes")) {
			assertThatCode(() -> precondition.requireToChange(CURRENT)).doesNotThrowAnyException();
		}
		else {
			assertThat(catchThrowableOfType(Problem.class, () -> precondition.requireToChange(CURRENT)).type().name())
				.isEqualTo(verdict);
		}
	}

	@Test
	void aCreation() {
		assertThatCode(new Precondition(null, null)::requireToCreate).doesNotThrowAnyException();
		assertThatCode(Precondition.NEW::requireToCreate).doesNotThrowAnyException();
		assertThat(catchThrowableOfType(Problem.class, new Precondition("*", null)::requireToCreate).type().name())
			.isEqualTo("precondition-failed");
	}

	@Test
	void tagsMayComeInSeveralHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(HttpHeaders.IF_MATCH, "\"2\"");
		headers.add(HttpHeaders.IF_MATCH, "\"3\"");
		assertThatCode(() -> Precondition.of(headers).requireToChange(CURRENT)).doesNotThrowAnyException();
	}

}

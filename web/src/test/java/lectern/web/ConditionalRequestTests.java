package lectern.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConditionalRequestTests {

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
	void evaluatesHeadersOnUpdate(String ifMatch, String ifNoneMatch, String expected) {
		ConditionalRequest request = new ConditionalRequest(ifMatch, ifNoneMatch);
		if (expected.equals("passes")) {
			assertThatCode(() -> request.requireUpdateAllowed(CURRENT)).doesNotThrowAnyException();
		}
		else {
			assertThat(catchThrowableOfType(Problem.class, () -> request.requireUpdateAllowed(CURRENT)).type().name())
				.isEqualTo(expected);
		}
	}

	@Test
	void createIsRejectedWithIfMatch() {
		assertThatCode(new ConditionalRequest(null, null)::requireCreateAllowed).doesNotThrowAnyException();
		assertThatCode(ConditionalRequest.MUST_NOT_EXIST::requireCreateAllowed).doesNotThrowAnyException();
		assertThat(catchThrowableOfType(Problem.class, new ConditionalRequest("*", null)::requireCreateAllowed).type()
			.name()).isEqualTo("precondition-failed");
	}

	@Test
	void readsTagsFromRepeatedHeaders() {
		HttpHeaders headers = new HttpHeaders();
		headers.add(HttpHeaders.IF_MATCH, "\"2\"");
		headers.add(HttpHeaders.IF_MATCH, "\"3\"");
		assertThatCode(() -> ConditionalRequest.of(headers).requireUpdateAllowed(CURRENT)).doesNotThrowAnyException();
	}

}

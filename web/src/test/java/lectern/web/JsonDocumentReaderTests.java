package lectern.web;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.NotNull;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JsonDocumentReaderTests {

	private final JsonDocumentReader reader = new JsonDocumentReader(
			JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build(),
			Validation.buildDefaultValidatorFactory().getValidator());

	record Shelf(@NotNull(message = "is missing") String name,
			@Valid List<@NotNull(message = "is missing") @Valid Box> boxes) {

		record Box(@PlainText(max = 3) String label) {
		}

	}

	@Test
	void readsValidDocument() {
		assertThat(this.reader.read("{\"name\":\"a\",\"boxes\":[{\"label\":\"b\"}]}", Shelf.class))
			.isEqualTo(new Shelf("a", List.of(new Shelf.Box("b"))));
	}

	@Test
	void reportsEveryInvalidMember() {
		Problem problem = problemOf("{\"boxes\":[{\"label\":\"long\"},null]}");

		assertThat(problem.type()).isEqualTo(ProblemType.INVALID);
		assertThat(problem.violations()).extracting(Problem.Violation::pointer)
			.containsExactly("/boxes/0/label", "/boxes/1", "/name");
	}

	@Test
	void reportsUnknownMemberAndWrongType() {
		assertThat(problemOf("{\"name\":\"a\",\"boxes\":[{\"lid\":1}]}").violations())
			.containsExactly(new Problem.Violation("/boxes/0/lid", null, "is unknown"));
		assertThat(problemOf("{\"name\":{},\"boxes\":[]}").violations())
			.containsExactly(new Problem.Violation("/name", null, "has the wrong type or format"));
	}

	@Test
	void invalidJsonIsMalformed() {
		for (String json : List.of("", "null", "{\"name\":", "nothing")) {
			assertThat(problemOf(json).type()).as(json).isEqualTo(ProblemType.MALFORMED);
		}
	}

	private Problem problemOf(String json) {
		return catchThrowableOfType(Problem.class, () -> this.reader.read(json, Shelf.class));
	}

}

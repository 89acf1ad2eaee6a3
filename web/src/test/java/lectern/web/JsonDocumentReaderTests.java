package lectern.web;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class JsonDocumentReaderTests {

	private final JsonDocumentReader reader = new JsonDocumentReader(mapper(),
			Validation.buildDefaultValidatorFactory().getValidator());

	record Shelf(@NotNull(message = "is missing") String name, @Nullable Size size,
			@Valid List<@NotNull(message = "is missing") @Valid Box> boxes) {

		enum Size {

			@JsonProperty("small")
			SMALL,

			@JsonProperty("large")
			LARGE

		}

		record Box(@PlainText(max = 3) String label) {
		}

	}

	record Drawing(@Valid List<Shape> shapes) {

		@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
		@JsonSubTypes(@JsonSubTypes.Type(name = "circle", value = Circle.class))
		sealed interface Shape {

		}

		record Circle(int radius) implements Shape {
		}

	}

	private static JsonMapper mapper() {
		JsonMapper.Builder builder = JsonMapper.builder();
		new StrictJsonCustomizer().customize(builder);
		return builder.build();
	}

	@Test
	void readsValidDocument() {
		assertThat(this.reader.read("{\"name\":\"a\",\"boxes\":[{\"label\":\"b\"}]}", Shelf.class))
			.isEqualTo(new Shelf("a", null, List.of(new Shelf.Box("b"))));
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
			.containsExactly(new Problem.Violation("/boxes/0/lid", null, "is unknown; the members are label"));
		assertThat(problemOf("{\"name\":{},\"boxes\":[]}").violations())
			.containsExactly(new Problem.Violation("/name", null, "must be text"));
	}

	@Test
	void reportsFaultsOfEveryKindAtOnce() {
		Problem problem = problemOf("""
				{"name":7,"size":"tall","boxes":[{"label":{}},{"lid":1,"label":"long"},"box",null],"extra":true}""");

		assertThat(problem.violations()).containsExactly(new Problem.Violation("/boxes/0/label", null, "must be text"),
				new Problem.Violation("/boxes/1/label", null,
						"must be text of 1 to 3 characters without control characters"),
				new Problem.Violation("/boxes/1/lid", null, "is unknown; the members are label"),
				new Problem.Violation("/boxes/2", null, "must be an object"),
				new Problem.Violation("/boxes/3", null, "is missing"),
				new Problem.Violation("/extra", null, "is unknown; the members are boxes, name, size"),
				new Problem.Violation("/name", null, "must be text"),
				new Problem.Violation("/size", null, "must be one of small, large"));
	}

	@Test
	void missingTypeIsReportedWhereItBelongs() {
		assertThat(problemOf("{\"shapes\":[{\"radius\":1},7]}", Drawing.class).violations()).containsExactly(
				new Problem.Violation("/shapes/0/type", null, "is missing"),
				new Problem.Violation("/shapes/1", null, "has no type"));
	}

	@Test
	void numberOfReportedFaultsIsBounded() {
		String unknown = IntStream.range(0, 1000).mapToObj((n) -> "\"x" + n + "\":1").collect(Collectors.joining(","));
		assertThat(problemOf("{" + unknown + "}").violations()).hasSizeBetween(10, 40);
		String large = "{\"name\":\"" + "x".repeat(1_000_000) + "\"," + unknown + "}";
		assertThat(problemOf(large).violations()).hasSizeBetween(1, 4);
	}

	@Test
	void malformedJsonIsReportedWithItsPlace() {
		assertThat(problemOf("{\n  \"name\": \"a\",\n  \"boxes\": }").detail())
			.isEqualTo("The content is not well-formed JSON: the fault is at line 3, column 12.");
	}

	@Test
	void invalidJsonIsMalformed() {
		for (String json : List.of("", "null", "{\"name\":", "nothing")) {
			assertThat(problemOf(json).type()).as(json).isEqualTo(ProblemType.MALFORMED);
		}
	}

	private Problem problemOf(String json) {
		return problemOf(json, Shelf.class);
	}

	private Problem problemOf(String json, Class<?> type) {
		return catchThrowableOfType(Problem.class, () -> this.reader.read(json, type));
	}

}

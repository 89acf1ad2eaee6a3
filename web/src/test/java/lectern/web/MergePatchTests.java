package lectern.web;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MergePatchTests {

	private final JsonMapper mapper = new JsonMapper();

	/** The cases of RFC 7396, appendix A, whose documents and patches are objects. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"a":"b"}              | {"a":"c"}                | {"a":"c"}
			{"a":"b"}              | {"b":"c"}                | {"a":"b","b":"c"}
			{"a":"b"}              | {"a":null}               | {}
			{"a":"b","b":"c"}      | {"a":null}               | {"b":"c"}
			{"a":["b"]}            | {"a":"c"}                | {"a":"c"}
			{"a":"c"}              | {"a":["b"]}              | {"a":["b"]}
			{"a":{"b":"c"}}        | {"a":{"b":"d","c":null}} | {"a":{"b":"d"}}
			{"a":[{"b":"c"}]}      | {"a":[1]}                | {"a":[1]}
			{"e":null}             | {"a":1}                  | {"e":null,"a":1}
			{}                     | {"a":{"bb":{"ccc":null}}} | {"a":{"bb":{}}}
			{"a":[1,{"b":null}]}   | {}                       | {"a":[1,{"b":null}]}
			{"a":7}                | {"a":{"b":null,"c":1}}   | {"a":{"c":1}}
			""")
	void appliesPatchAsInRfc7396(String document, String patch, String result) {
		ObjectNode original = read(document);
		assertThat(MergePatch.of(read(patch)).applyTo(original)).isEqualTo(read(result));
		assertThat(original).isEqualTo(read(document));
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "7", "null", "\"text\"" })
	void rejectsPatchThatIsNotObject(String content) {
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> MergePatch.of(this.mapper.readTree(content)))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.MALFORMED));
	}

	@Test
	void emptyPatchChangesNothing() {
		ObjectNode document = read("{\"a\":{\"b\":[1]}}");
		assertThat(MergePatch.of(read("{}")).applyTo(document)).isEqualTo(document);
	}

	private ObjectNode read(String json) {
		return (ObjectNode) this.mapper.readTree(json);
	}

}

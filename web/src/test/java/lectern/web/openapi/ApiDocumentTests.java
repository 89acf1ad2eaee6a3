package lectern.web.openapi;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class ApiDocumentTests {

	private final ObjectNode document = ApiDocument.checkedIn().root();

	private final ContentValidator validator = new ContentValidator(this.document);

	@Test
	void everyContentHasExample() {
		assertThat(DocumentedContent.of(this.document)).hasSizeGreaterThan(500)
			.allSatisfy((content) -> assertThat(content.examples(this.document)).as(content.where()).isNotEmpty());
	}

	@Test
	void everyExampleIsValid() {
		assertThat(DocumentedContent.of(this.document)
			.stream()
			.flatMap((content) -> content.examples(this.document)
				.map((example) -> new ValidatedExample(content.itemSchema(), example)))
			.distinct()
			.flatMap((example) -> this.validator.faults(example.schema(), example.value())
				.stream()
				.map((fault) -> fault + " in " + example.value())))
			.isEmpty();
	}

	@Test
	void invalidExamplesAreFound() {
		ObjectNode book = this.document.at("/components/examples/Book/value").deepCopy().asObject();
		JsonNode schema = this.document.at("/components/schemas/Book");
		assertThat(this.validator.faults(schema, book)).isEmpty();
		assertThat(this.validator.faults(schema, book.deepCopy().without("title"))).hasSize(1);
		assertThat(this.validator.faults(schema, book.deepCopy().put("createdAt", "yesterday"))).hasSize(1);
		assertThat(this.validator.faults(schema, book.deepCopy().put("version", "3"))).hasSize(1);
		JsonNode start = this.document.at("/components/schemas/ReadingStart");
		ObjectNode content = this.document.at("/components/examples/ReadingStart/value").deepCopy().asObject();
		assertThat(this.validator.faults(start, content)).isEmpty();
		assertThat(this.validator.faults(start, content.put("bok", "fluent-python"))).hasSize(1);
	}

	@Test
	void everyTypeOfProblemHasSchemaAndExample() {
		List<String> types = List.copyOf(ApiTexts.read("shared").section("problems").propertyNames());
		assertThat(this.document.at("/components/schemas")
			.valueStream()
			.map((schema) -> schema.at("/allOf/1/properties/type/const").asString("")))
			.containsAll(types.stream().map((type) -> "/problems/" + type).toList());
		assertThat(this.document.at("/components/examples").propertyNames())
			.containsAll(types.stream().map((type) -> "problem-" + type).toList());
	}

	@Test
	void everyReferenceHasTarget() {
		List<String> references = this.document.findValuesAsString("$ref");
		assertThat(references).isNotEmpty()
			.allSatisfy((reference) -> assertThat(this.document.at(reference.substring(1)).isMissingNode()).isFalse());
	}

	private record ValidatedExample(JsonNode schema, JsonNode value) {
	}

}

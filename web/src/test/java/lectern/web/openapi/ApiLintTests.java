package lectern.web.openapi;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The rules of Spectral ({@code spectral:oas}) that matter here, and some of our own. */
class ApiLintTests {

	private final ObjectNode document = ApiDocument.checkedIn().root();

	@Test
	void documentSaysWhatItIs() {
		assertThat(this.document.get("openapi").stringValue()).isEqualTo("3.1.0");
		assertThat(this.document.at("/info/license/identifier").stringValue()).isEqualTo("Apache-2.0");
		assertThat(this.document.at("/servers/0/url").stringValue()).isEqualTo("/");
	}

	@Test
	void operationIdsAreUniqueAndCamelCase() {
		List<String> ids = operations().map((operation) -> operation.getValue().get("operationId").stringValue())
			.toList();
		assertThat(ids).doesNotHaveDuplicates().allMatch((id) -> id.matches("[a-z][a-zA-Z]+"));
	}

	@Test
	void everyOperationIsDescribedByOneDeclaredTag() {
		Set<String> tags = Set.copyOf(this.document.get("tags").findValuesAsString("name"));
		assertThat(operations()).allSatisfy((operation) -> {
			assertThat(operation.getValue().get("tags")).as(operation.getKey()).hasSize(1);
			assertThat(tags).contains(operation.getValue().at("/tags/0").stringValue());
			assertThat(operation.getValue().get("summary").stringValue()).as(operation.getKey())
				.isNotEmpty()
				.doesNotEndWith(".");
			assertThat(operation.getValue().get("description").stringValue()).as(operation.getKey()).endsWith(".");
		});
	}

	@Test
	void everyTagIsUsedAndDescribed() {
		Set<String> used = Set.copyOf(
				operations().map((operation) -> operation.getValue().at("/tags/0").stringValue()).distinct().toList());
		assertThat(this.document.get("tags")).allSatisfy((tag) -> {
			assertThat(used).contains(tag.get("name").stringValue());
			assertThat(tag.get("description").stringValue()).endsWith(".");
		});
	}

	@Test
	void pathsHavePlainForm() {
		assertThat(this.document.get("paths").propertyNames())
			.allMatch((path) -> path.matches("(/([a-z0-9.-]+|\\{[a-z]+}))+"));
	}

	@Test
	void pathParametersAreThoseOfThePath() {
		assertThat(operations()).allSatisfy((operation) -> {
			List<String> variables = new ArrayList<>();
			Matcher variable = Pattern.compile("\\{(\\w+)}").matcher(operation.getKey());
			while (variable.find()) {
				variables.add(variable.group(1));
			}
			assertThat(parameters(operation.getValue()).filter((parameter) -> isIn("path", parameter))
				.map((parameter) -> parameter.get("name").stringValue())).as(operation.getKey())
				.containsExactlyElementsOf(variables);
		});
	}

	@Test
	void parametersAreUniqueAndDescribed() {
		assertThat(operations()).allSatisfy((operation) -> {
			assertThat(parameters(operation.getValue())
				.map((parameter) -> parameter.get("in") + " " + parameter.get("name"))).as(operation.getKey())
				.doesNotHaveDuplicates();
			assertThat(parameters(operation.getValue())).allSatisfy((parameter) -> {
				assertThat(parameter.get("description").stringValue()).isNotEmpty();
				assertThat(parameter.has("schema")).isTrue();
			});
		});
	}

	@Test
	void everyOperationHasSuccessAndProblems() {
		assertThat(operations()).allSatisfy((operation) -> {
			assertThat(operation.getValue().get("responses").propertyNames()).as(operation.getKey())
				.anyMatch((status) -> status.startsWith("2"))
				.contains("400", "default");
			assertThat(operation.getValue().path("security").isArray()).isTrue();
		});
	}

	@Test
	void everySchemaAndMemberIsDescribed() {
		assertThat(this.document.at("/components/schemas").properties()).hasSizeGreaterThan(100)
			.allSatisfy((schema) -> {
				assertThat(schema.getValue().path("description").asString("")).as(schema.getKey()).endsWith(".");
				assertThat(schema.getValue().path("properties").properties()).allSatisfy((member) -> {
					assertThat(member.getKey()).matches("[a-z][a-zA-Z0-9]*");
					assertThat(member.getValue().path("description").asString(""))
						.as(schema.getKey() + "." + member.getKey())
						.endsWith(".");
				});
			});
	}

	@Test
	void requiredMembersAreDeclared() {
		assertThat(this.document.at("/components/schemas").properties())
			.filteredOn((schema) -> schema.getValue().has("properties"))
			.allSatisfy(
					(schema) -> assertThat(schema.getValue().path("required").valueStream().map(JsonNode::stringValue))
						.as(schema.getKey())
						.allMatch((name) -> schema.getValue().get("properties").has(name) || name.equals("data")));
	}

	@Test
	void listsSayWhatTheyContainAndEnumerationsHaveNoDuplicates() {
		assertThat(this.document.findParents("type")).allSatisfy((schema) -> {
			if (schema.get("type").isString() && schema.get("type").stringValue().equals("array")) {
				assertThat(schema.has("items")).as(schema::toString).isTrue();
			}
		});
		assertThat(this.document.findValues("enum"))
			.allSatisfy((values) -> assertThat(values.valueStream()).doesNotHaveDuplicates());
	}

	@Test
	void everyHeaderIsDescribed() {
		assertThat(this.document.at("/components/headers").properties())
			.allSatisfy((header) -> assertThat(header.getValue().path("description").asString("")).as(header.getKey())
				.endsWith("."));
	}

	/** A closed enumeration tells types of events apart; clients ignore unknown ones. */
	@Test
	void responsesAreOpenForNewMembersAndValues() {
		Set<JsonNode> schemas = new HashSet<>();
		DocumentedContent.of(this.document)
			.stream()
			.filter((content) -> !content.where().endsWith("request"))
			.forEach((content) -> collect(content.schema(), schemas));
		assertThat(schemas).hasSizeGreaterThan(80).allSatisfy((schema) -> {
			assertThat(schema.findValues("additionalProperties")).allMatch(JsonNode::isObject);
			assertThat(schema.findParents("enum")).isSubsetOf(schema.findValues("type"));
		});
	}

	private void collect(JsonNode schema, Set<JsonNode> collected) {
		if (collected.add(schema)) {
			schema.findValuesAsString("$ref")
				.forEach((reference) -> collect(this.document.at(reference.substring(1)), collected));
		}
	}

	private Stream<Map.Entry<String, JsonNode>> operations() {
		return this.document.get("paths")
			.properties()
			.stream()
			.flatMap((path) -> path.getValue()
				.properties()
				.stream()
				.map((operation) -> Map.entry(operation.getKey() + " " + path.getKey(), operation.getValue())));
	}

	private Stream<JsonNode> parameters(JsonNode operation) {
		return operation.path("parameters")
			.valueStream()
			.map((parameter) -> ApiChanges.resolve(this.document, parameter));
	}

	private static boolean isIn(String place, JsonNode parameter) {
		return parameter.get("in").stringValue().equals(place);
	}

}

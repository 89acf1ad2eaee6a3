package lectern.web.openapi;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

class ApiChangesTests {

	private static final String BOOK = "/paths/~1api~1v1~1books~1{book}";

	private static final String BOOKS = "/paths/~1api~1v1~1books";

	private static final String SCHEMAS = "/components/schemas/";

	private final ObjectNode document = ApiDocument.checkedIn().root();

	@Test
	void documentDoesNotBreakClientsOfTheRelease() {
		assertThat(ApiChanges.breaking(ReleasedApi.read(), this.document)).isEmpty();
	}

	@Test
	void sameDocumentBreaksNothing() {
		assertThat(ApiChanges.breaking(this.document, this.document)).isEmpty();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void refusesBreakingChange(String name, Consumer<ObjectNode> mutation) {
		assertThat(ApiChanges.breaking(this.document, mutate(mutation))).isNotEmpty();
	}

	static Stream<Arguments> refusesBreakingChange() {
		return Stream.of(mutation("removed operation", (api) -> remove(api, BOOK, "delete")),
				mutation("renamed member of a response",
						(api) -> rename(api, SCHEMAS + "Book/properties", "title", "name")),
				mutation("renamed member of a request",
						(api) -> rename(api, SCHEMAS + "PositionReport/properties", "chapter", "section")),
				mutation("changed type in a component",
						(api) -> put(api, SCHEMAS + "Reading/properties/version", "type", "string")),
				mutation("changed type of array items",
						(api) -> put(api, SCHEMAS + "Book/properties/topics/items", "type", "integer")),
				mutation("changed type in a component of a component",
						(api) -> put(api, SCHEMAS + "Device/properties/id", "type", "integer")),
				mutation("null in a response",
						(api) -> object(api, SCHEMAS + "Book/properties/summary").putArray("type")
							.add("string")
							.add("null")),
				mutation("new required member of a request", (api) -> require(api, SCHEMAS + "PathContent", "summary")),
				mutation("new required parameter",
						(api) -> object(api, "/components/parameters/q").put("required", true)),
				mutation("removed parameter", (api) -> array(api, BOOKS + "/get/parameters").remove(0)),
				mutation("member that is no longer guaranteed",
						(api) -> array(api, SCHEMAS + "Book/required").remove(1)),
				mutation("removed success", (api) -> remove(api, BOOKS + "/post/responses", "201")),
				mutation("removed header", (api) -> remove(api, BOOK + "/get/responses/200/headers", "Cursor")),
				mutation("header that is no longer guaranteed",
						(api) -> remove(api, "/components/headers/Cursor", "required")),
				mutation("removed value of a request",
						(api) -> array(api, "/components/parameters/level/schema/enum").remove(0)),
				mutation("shorter text in a request",
						(api) -> object(api, SCHEMAS + "BookContent/properties/title").put("maxLength", 100)),
				mutation("other format of a response",
						(api) -> put(api, SCHEMAS + "Reading/properties/startedAt", "format", "date")),
				mutation("removed media type of a request",
						(api) -> remove(api, "/paths/~1api~1v1~1imports/post/requestBody/content", "text/markdown")),
				mutation("public operation that requires to sign in",
						(api) -> object(api, BOOK + "/get").putArray("security").addObject().putArray("token")),
				mutation("key that is no longer accepted",
						(api) -> array(api, "/paths/~1api~1v1~1readers~1{reader}~1readings/get/security").remove(1)),
				mutation("removed event type", (api) -> array(api, SCHEMAS + "CatalogEvent/oneOf").remove(2)),
				mutation("removed member of an event",
						(api) -> remove(api, SCHEMAS + "CatalogEventHead/properties", "cursor")),
				mutation("removed command of a list", (api) -> array(api, SCHEMAS + "CommandLine/oneOf").remove(0)),
				mutation("request that is now required",
						(api) -> object(api,
								"/paths/~1api~1v1~1readers~1{reader}~1readings~1{reading}~1finish/post/requestBody")
							.put("required", true)));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource
	void acceptsHarmlessChange(String name, Consumer<ObjectNode> mutation) {
		ObjectNode changed = mutate(mutation);
		assertThat(changed).isNotEqualTo(this.document);
		assertThat(ApiChanges.breaking(this.document, changed)).isEmpty();
	}

	static Stream<Arguments> acceptsHarmlessChange() {
		return Stream.of(mutation("new operation", (api) -> object(api, BOOK).set("trace", api.at(BOOK + "/get"))),
				mutation("new optional member of a response",
						(api) -> object(api, SCHEMAS + "Book/properties").putObject("rating").put("type", "number")),
				mutation("new guaranteed member of a response", (api) -> {
					object(api, SCHEMAS + "Book/properties").putObject("rating").put("type", "number");
					require(api, SCHEMAS + "Book", "rating");
				}), mutation("member that is now guaranteed", (api) -> require(api, SCHEMAS + "Book", "summary")),
				mutation("new optional member of a request",
						(api) -> object(api, SCHEMAS + "BookContent/properties").putObject("rating")
							.put("type", "number")),
				mutation("member of a request that is no longer required",
						(api) -> remove(api, SCHEMAS + "PlanContent", "required")),
				mutation("new optional parameter",
						(api) -> array(api, BOOKS + "/get/parameters").addObject()
							.put("name", "year")
							.put("in", "query")),
				mutation("new value of an open enumeration",
						(api) -> array(api, SCHEMAS + "Reading/properties/status/x-extensible-enum").add("paused")),
				mutation("new value of a request",
						(api) -> array(api, "/components/parameters/level/schema/enum").add("expert")),
				mutation("longer text in a request",
						(api) -> object(api, SCHEMAS + "ReadingStart/properties/edition").put("maxLength", 2000)),
				mutation("other description", (api) -> put(api, SCHEMAS + "Book", "description", "A book.")),
				mutation("new problem",
						(api) -> object(api, BOOK + "/get/responses").set("410", api.at(BOOK + "/get/responses/404"))),
				mutation("new header", (api) -> object(api, BOOK + "/get/responses/200/headers").putObject("Link")),
				mutation("new event type", (api) -> {
					ObjectNode event = api.at(SCHEMAS + "BookChangedEvent").deepCopy().asObject();
					object(event, "/allOf/1/properties/type").put("const", "book-merged");
					object(api, SCHEMAS).set("BookMergedEvent", event);
					array(api, SCHEMAS + "CatalogEvent/oneOf").addObject()
						.put("$ref", "#/components/schemas/BookMergedEvent");
				}), mutation("renamed component", ApiChangesTests::renameBook),
				mutation("public operation", (api) -> object(api, BOOK + "/put").putArray("security")));
	}

	private static void renameBook(ObjectNode api) {
		JsonNode renamed = JsonMapper.shared()
			.readTree(api.toString()
				.replace("\"#/components/schemas/Book\"", "\"#/components/schemas/Work\"")
				.replace("\"Book\":{\"description\"", "\"Work\":{\"description\""));
		api.removeAll();
		api.setAll(renamed.asObject());
	}

	private ObjectNode mutate(Consumer<ObjectNode> mutation) {
		ObjectNode copy = this.document.deepCopy();
		mutation.accept(copy);
		return copy;
	}

	private static Arguments mutation(String name, Consumer<ObjectNode> mutation) {
		return Arguments.of(name, mutation);
	}

	private static ObjectNode object(JsonNode api, String pointer) {
		String path = pointer.endsWith("/") ? pointer.substring(0, pointer.length() - 1) : pointer;
		return api.at(path).asObject();
	}

	private static ArrayNode array(JsonNode api, String pointer) {
		return api.at(pointer).asArray();
	}

	private static void put(JsonNode api, String pointer, String name, String value) {
		object(api, pointer).put(name, value);
	}

	private static void remove(JsonNode api, String pointer, String name) {
		assertThat(object(api, pointer).remove(List.of(name)).has(name)).isFalse();
	}

	private static void rename(JsonNode api, String pointer, String name, String newName) {
		ObjectNode properties = object(api, pointer);
		properties.set(newName, properties.remove(name));
	}

	private static void require(JsonNode api, String pointer, String name) {
		api.at(pointer).asObject().withArray("/required").add(name);
	}

}

package lectern.acceptance.fuzz;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import com.github.curiousoddman.rgxgen.RgxGen;
import com.github.curiousoddman.rgxgen.config.RgxGenOption;
import com.github.curiousoddman.rgxgen.config.RgxGenProperties;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Generates values that a schema of the OpenAPI document allows. */
final class SchemaArbitraries {

	private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

	/** Characters of several scripts and lengths in UTF-8. */
	private static final List<String> CHARACTERS = List.of("a", "b", "Z", "7", " ", "-", "'", "\"", "\\", "<", "&", "%",
			"ß", "é", "Ω", "ж", "ש", "中", "日", "\u0301", "😀");

	private static final int MOST_ITEMS = 4;

	private static final int LONGEST_TEXT = 30;

	/** The longest text that is generated to be exactly as long as allowed. */
	private static final int LONGEST_FULL_TEXT = 5_000;

	private static final double PRESENT = 0.4;

	private static final Instant NOW = Instant.parse("2026-06-30T12:00:00Z");

	private final ObjectNode document;

	private final ApiVocabulary vocabulary;

	/** The id of the operation whose values are generated. */
	private final String operation;

	SchemaArbitraries(ObjectNode document, ApiVocabulary vocabulary, String operation) {
		this.document = document;
		this.vocabulary = vocabulary;
		this.operation = operation;
	}

	/**
	 * Return the values of a parameter or member.
	 * @param name its name; empty if it has none
	 */
	Arbitrary<JsonNode> of(JsonNode reference, String name) {
		JsonNode schema = ApiOperation.resolve(this.document, reference);
		if (schema.has("const")) {
			return Arbitraries.just(schema.get("const"));
		}
		if (schema.has("enum")) {
			return Arbitraries.of(schema.get("enum").valueStream().toList());
		}
		if (schema.has("oneOf")) {
			return Arbitraries.oneOf(schema.get("oneOf").valueStream().map((each) -> of(each, name)).toList());
		}
		JsonNode type = schema.path("type");
		if (type.isArray()) {
			ObjectNode nonNull = ((ObjectNode) schema.deepCopy()).set("type", type.get(0));
			return Arbitraries.frequencyOf(Tuple.of(3, of(nonNull, name)),
					Tuple.of(1, Arbitraries.just(JSON.nullNode())));
		}
		return switch (type.asString("")) {
			case "object" -> object(schema);
			case "array" -> array(schema, name);
			case "string" -> text(schema, name).map(JSON::stringNode);
			case "boolean" -> Arbitraries.of(true, false).map(JSON::booleanNode);
			case "integer" -> Arbitraries.integers()
				.between(schema.path("minimum").asInt(0), schema.path("maximum").asInt(1_000))
				.map(JSON::numberNode);
			case "number" -> Arbitraries.bigDecimals()
				.between(decimal(schema, "minimum", "0"), decimal(schema, "maximum", "1000"))
				.ofScale(6)
				.map(JSON::numberNode);
			default -> anything();
		};
	}

	private static BigDecimal decimal(JsonNode schema, String name, String otherwise) {
		return schema.has(name) ? schema.get(name).decimalValue() : new BigDecimal(otherwise);
	}

	/** Values of members that are accepted and ignored. */
	private static Arbitrary<JsonNode> anything() {
		return Arbitraries.of("null", "true", "7", "-1.5e3", "\"text\"", "[]", "[1,[2,{}]]", "{\"a\":{\"b\":null}}")
			.map(JsonMapper.shared()::readTree);
	}

	private Arbitrary<JsonNode> array(JsonNode schema, String name) {
		return of(schema.get("items"), name).list()
			.ofMinSize(schema.path("minItems").asInt(0))
			.ofMaxSize(Math.min(schema.path("maxItems").asInt(MOST_ITEMS), MOST_ITEMS))
			.map((items) -> {
				ArrayNode array = JSON.arrayNode();
				(schema.path("uniqueItems").asBoolean(false) ? items.stream().distinct().toList() : items)
					.forEach(array::add);
				return array;
			});
	}

	private Arbitrary<JsonNode> object(JsonNode schema) {
		if (!schema.has("anyOf")) {
			return object(schema, required(schema));
		}
		List<Arbitrary<JsonNode>> alternatives = new ArrayList<>();
		schema.get("anyOf").forEach((alternative) -> {
			Set<String> all = required(schema);
			all.addAll(required(alternative));
			alternatives.add(object(schema, all));
		});
		return Arbitraries.oneOf(alternatives);
	}

	private static Set<String> required(JsonNode schema) {
		Set<String> names = new HashSet<>();
		schema.path("required").forEach((name) -> names.add(name.stringValue()));
		return names;
	}

	private Arbitrary<JsonNode> object(JsonNode schema, Set<String> required) {
		List<String> names = new ArrayList<>();
		List<Arbitrary<Optional<JsonNode>>> members = new ArrayList<>();
		for (Map.Entry<String, JsonNode> member : schema.path("properties").properties()) {
			names.add(member.getKey());
			members
				.add(of(member.getValue(), member.getKey()).optional(required.contains(member.getKey()) ? 1 : PRESENT));
		}
		return Combinators.combine(members).as((values) -> {
			ObjectNode object = JSON.objectNode();
			for (int i = 0; i < names.size(); i++) {
				String name = names.get(i);
				values.get(i).ifPresent((value) -> object.set(name, value));
			}
			schema.path("dependentRequired")
				.properties()
				.stream()
				.filter((dependency) -> dependency.getValue()
					.valueStream()
					.anyMatch((other) -> !object.has(other.stringValue())))
				.forEach((dependency) -> object.remove(dependency.getKey()));
			return object;
		});
	}

	/** Return the values of a parameter as texts. */
	Arbitrary<String> parameter(ApiParameter parameter) {
		return of(parameter.schema(), parameter.name()).map((value) -> value.asString());
	}

	private Arbitrary<String> text(JsonNode schema, String name) {
		Optional<Arbitrary<String>> known = this.vocabulary.find(this.operation, name);
		if (known.isPresent()) {
			return known.get();
		}
		int max = schema.path("maxLength").asInt(LONGEST_TEXT);
		if (schema.has("pattern")) {
			return matching(schema.get("pattern").stringValue(), schema.path("maxLength").asInt(LONGEST_FULL_TEXT));
		}
		return switch (schema.path("format").asString("")) {
			case "uuid" -> Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
				.as((high, low) -> new UUID(high, low).toString());
			case "date-time" -> Arbitraries.integers()
				.between(0, 300 * 24 * 3600)
				.map((seconds) -> NOW.minusSeconds(seconds).toString());
			case "uri" -> matching("https?://example\\.org/[a-z0-9-]{1,20}", max);
			default -> prose(max);
		};
	}

	/** Texts of at least one visible character, now and then as long as is allowed. */
	private static Arbitrary<String> prose(int max) {
		Arbitrary<String> usual = Arbitraries.of(CHARACTERS)
			.list()
			.ofMinSize(1)
			.ofMaxSize(Math.min(max / 2, LONGEST_TEXT))
			.map((characters) -> String.join("", characters).strip())
			.map((text) -> text.isEmpty() ? "x" : text);
		return (max > LONGEST_FULL_TEXT) ? usual
				: Arbitraries.frequencyOf(Tuple.of(40, usual), Tuple.of(1, Arbitraries.just("x".repeat(max))));
	}

	private static Arbitrary<String> matching(String pattern, int max) {
		RgxGenProperties properties = new RgxGenProperties();
		RgxGenOption.INFINITE_PATTERN_REPETITION.setInProperties(properties, 6);
		RgxGen generator = RgxGen.parse(properties, pattern);
		return Arbitraries.randomValue(generator::generate).filter((text) -> text.length() <= max);
	}

}

package lectern.web.openapi;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.annotation.JsonRawValue;
import lectern.web.KeysetPage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the schemas of Java types as JSON Schema. Enumerations of responses are open,
 * because they may get further values.
 */
final class SchemaReader {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final SchemaTexts texts;

	private final ObjectNode schemas;

	private final RecordReader records;

	SchemaReader(ApiTexts texts, ObjectNode schemas, boolean request) {
		this.texts = new SchemaTexts(texts, request);
		this.schemas = schemas;
		this.records = new RecordReader(this.texts, schemas, this);
	}

	/** Return the schema of a type; that of a record is a reference to a component. */
	ObjectNode read(Type type) {
		return read(type, null, List.of());
	}

	/** Return the schema of a page of items of a type. */
	ObjectNode readPage(Class<?> item) {
		return page(item, read(item));
	}

	/** Return the schema of a member. */
	ObjectNode read(AnnotatedType type, List<Annotation> more) {
		return read(type.getType(), type, more);
	}

	private ObjectNode read(Type type, @Nullable AnnotatedType annotated, List<Annotation> more) {
		List<Annotation> constraints = new ArrayList<>(more);
		if (annotated != null) {
			constraints.addAll(List.of(annotated.getAnnotations()));
		}
		ObjectNode schema = (type instanceof ParameterizedType generic) ? generic(generic, annotated)
				: plain((Class<?>) type, constraints);
		if (!schema.has("$ref")) {
			ConstraintReader.apply(constraints.stream().distinct().toList(), schema, this.texts.request());
		}
		return schema;
	}

	private ObjectNode generic(ParameterizedType type, @Nullable AnnotatedType annotated) {
		Class<?> raw = (Class<?>) type.getRawType();
		Type[] arguments = type.getActualTypeArguments();
		int last = arguments.length - 1;
		ObjectNode element = (annotated instanceof AnnotatedParameterizedType parameterized)
				? read(parameterized.getAnnotatedActualTypeArguments()[last], List.of()) : read(arguments[last]);
		if (raw == KeysetPage.class) {
			return page((Class<?>) arguments[last], element);
		}
		if (raw == Optional.class) {
			return nullable(element);
		}
		ObjectNode schema = MAPPER.createObjectNode();
		if (Map.class.isAssignableFrom(raw)) {
			schema.put("type", "object").set("additionalProperties", element);
		}
		else {
			schema.put("type", "array").set("items", element);
		}
		return schema;
	}

	/** A merge patch removes a member by null. */
	private static ObjectNode nullable(ObjectNode element) {
		if (element.path("type").isString()) {
			String type = element.get("type").stringValue();
			element.putArray("type").add(type).add("null");
			return element;
		}
		ObjectNode schema = MAPPER.createObjectNode();
		schema.putArray("oneOf").add(element).addObject().put("type", "null");
		return schema;
	}

	private ObjectNode page(Class<?> item, ObjectNode element) {
		String name = this.texts.name(item) + "Page";
		if (!this.schemas.has(name)) {
			ObjectNode schema = this.schemas.putObject(name);
			schema.put("type", "object").put("description", "One page of a list.");
			schema.putArray("required").add("items");
			ObjectNode properties = schema.putObject("properties");
			properties.putObject("items")
				.put("type", "array")
				.put("description", "At most as many items as `limit` asks for.")
				.set("items", element);
			properties.putObject("next")
				.put("type", "string")
				.put("description", "The parameter `page` of the next page. Absent on the last page.");
		}
		return reference(name);
	}

	private ObjectNode plain(Class<?> type, List<Annotation> annotations) {
		ObjectNode schema = MAPPER.createObjectNode();
		if (annotations.stream().anyMatch(JsonRawValue.class::isInstance)) {
			return schema.put("type", "object");
		}
		if (type == String.class) {
			return schema.put("type", "string");
		}
		if (type == boolean.class || type == Boolean.class) {
			return schema.put("type", "boolean");
		}
		if (type == int.class || type == Integer.class) {
			return schema.put("type", "integer").put("format", "int32");
		}
		if (type == long.class || type == Long.class) {
			return schema.put("type", "integer").put("format", "int64");
		}
		if (type == double.class || type == Double.class || type == BigDecimal.class) {
			return schema.put("type", "number");
		}
		String format = format(type);
		if (format != null) {
			return schema.put("type", "string").put("format", format);
		}
		if (type.isEnum()) {
			return enumeration(type, schema);
		}
		if (type == Record.class || type == Object.class) {
			return schema.put("type", "object");
		}
		return reference(this.records.component(type));
	}

	private static @Nullable String format(Class<?> type) {
		return (type == Instant.class) ? "date-time" : (type == LocalDate.class) ? "date"
				: (type == Duration.class) ? "duration" : (type == UUID.class) ? "uuid" : null;
	}

	/** A response may have values that this release does not know. */
	private ObjectNode enumeration(Class<?> type, ObjectNode schema) {
		ArrayNode values = schema.put("type", "string").putArray(this.texts.request() ? "enum" : "x-extensible-enum");
		for (Object constant : type.getEnumConstants()) {
			values.add(MAPPER.valueToTree(constant).asString());
		}
		return schema;
	}

	/** Refer to a component. */
	static ObjectNode reference(String name) {
		return MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
	}

}

package lectern.web.openapi;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import lectern.web.KeysetPage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the schemas of Java types as JSON Schema: of a record each component, of a
 * sealed interface with a type member one of its records. A component that may be null is
 * absent in JSON, so it is not required. Requests are closed, because unknown members are
 * refused; responses are open, because they may get further members and values.
 */
final class SchemaReader {

	private static final JsonMapper MAPPER = JsonMapper.shared();

	private final ApiTexts texts;

	private final ObjectNode schemas;

	private final boolean request;

	SchemaReader(ApiTexts texts, ObjectNode schemas, boolean request) {
		this.texts = texts;
		this.schemas = schemas;
		this.request = request;
	}

	/** Return the schema of a type; that of a record is a reference to a component. */
	ObjectNode read(Type type) {
		return read(type, null, List.of());
	}

	/** Return the schema of a page of items of a type. */
	ObjectNode readPage(Class<?> item) {
		return page(item, read(item));
	}

	private ObjectNode read(AnnotatedType type, List<Annotation> more) {
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
			ConstraintReader.apply(constraints.stream().distinct().toList(), schema, this.request);
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
		String name = name(item) + "Page";
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
		return reference(component(type));
	}

	private static @Nullable String format(Class<?> type) {
		return (type == Instant.class) ? "date-time" : (type == LocalDate.class) ? "date"
				: (type == Duration.class) ? "duration" : (type == UUID.class) ? "uuid" : null;
	}

	/** A response may have values that this release does not know. */
	private ObjectNode enumeration(Class<?> type, ObjectNode schema) {
		ArrayNode values = schema.put("type", "string").putArray(this.request ? "enum" : "x-extensible-enum");
		for (Object constant : type.getEnumConstants()) {
			values.add(MAPPER.valueToTree(constant).asString());
		}
		return schema;
	}

	/** Return the name of the component of a record, which is added if it is absent. */
	private String component(Class<?> type) {
		String name = name(type);
		if (!this.schemas.has(name)) {
			ObjectNode schema = this.schemas.putObject(name);
			schema.put("description", describe(name, null));
			JsonSubTypes types = type.getAnnotation(JsonSubTypes.class);
			if (types != null) {
				alternatives(types, schema);
			}
			else {
				object(type, name, schema);
			}
			schema.setAll(this.texts.section("keywords").withObject("/" + name));
		}
		return name;
	}

	private void alternatives(JsonSubTypes types, ObjectNode schema) {
		ArrayNode alternatives = schema.putArray("oneOf");
		ObjectNode discriminator = schema.putObject("discriminator").put("propertyName", "type");
		ObjectNode mapping = discriminator.putObject("mapping");
		for (JsonSubTypes.Type type : types.value()) {
			String name = component(type.value());
			ObjectNode alternative = (ObjectNode) this.schemas.get(name);
			alternative.withObject("/properties")
				.putObject("type")
				.put("type", "string")
				.put("const", type.name())
				.put("description", describe(name, "type"));
			alternative.withArray("/required").add("type");
			alternatives.add(reference(name));
			mapping.put(type.name(), "#/components/schemas/" + name);
		}
	}

	private void object(Class<?> type, String name, ObjectNode schema) {
		if (!type.isRecord()) {
			throw new AssertionError("No schema can be derived from " + type);
		}
		schema.put("type", "object");
		ArrayNode required = schema.putArray("required");
		ObjectNode properties = schema.putObject("properties");
		members(type, name, properties, required);
		if (this.request) {
			JsonIgnoreProperties ignored = type.getAnnotation(JsonIgnoreProperties.class);
			Stream.of((ignored != null) ? ignored.value() : new String[0])
				.forEach((member) -> properties.putObject(member).put("description", ApiDocument.IGNORED_MEMBER));
			schema.put("additionalProperties", false);
		}
		if (required.isEmpty()) {
			schema.remove("required");
		}
	}

	private void members(Class<?> type, String name, ObjectNode properties, ArrayNode required) {
		for (RecordComponent component : type.getRecordComponents()) {
			List<Annotation> annotations = annotations(type, component);
			if (has(annotations, JsonUnwrapped.class)) {
				members(component.getType(), name, properties, required);
			}
			else if (!has(annotations, JsonAnyGetter.class)) {
				String path = name + "." + component.getName();
				ObjectNode schema = this.texts.section("member-schemas").get(path) instanceof ObjectNode given
						? given.deepCopy() : read(component.getAnnotatedType(), annotations);
				schema.put("description", describe(name, component.getName()));
				properties.set(component.getName(), schema);
				if (isRequired(component, annotations)) {
					required.add(component.getName());
				}
			}
		}
	}

	private boolean isRequired(RecordComponent component, List<Annotation> annotations) {
		if (this.request) {
			return has(annotations, NotNull.class) || component.getType().isPrimitive()
					|| annotations.stream().anyMatch((annotation) -> annotation instanceof Size size && size.min() > 0);
		}
		return !has(annotations, Nullable.class);
	}

	private static List<Annotation> annotations(Class<?> type, RecordComponent component) {
		try {
			Field field = type.getDeclaredField(component.getName());
			return Stream
				.of(field.getAnnotations(), component.getAnnotatedType().getAnnotations(),
						component.getAccessor().getAnnotations())
				.flatMap(Arrays::stream)
				.distinct()
				.toList();
		}
		catch (NoSuchFieldException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean has(List<Annotation> annotations, Class<? extends Annotation> type) {
		return annotations.stream().anyMatch(type::isInstance);
	}

	private String describe(String name, @Nullable String member) {
		String text = (member == null) ? this.texts.text("schemas", name, "description")
				: this.texts.text("schemas", name, member);
		String usual = (member != null && text == null) ? this.texts.text("members", member) : text;
		if (usual == null) {
			throw new AssertionError(
					"openapi/*.yml does not describe " + name + ((member != null) ? "." + member : ""));
		}
		return usual;
	}

	/** The name of a component: that of the record, unless another one is given. */
	private String name(Class<?> type) {
		String simple = type.getSimpleName();
		String given = this.texts.text(this.request ? "request-names" : "response-names", simple);
		return (given != null) ? given : simple;
	}

	private static ObjectNode reference(String name) {
		return MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name);
	}

}

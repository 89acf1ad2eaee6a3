package lectern.web.openapi;

import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the components of records, and of sealed interfaces with a type member. A member
 * that may be null is absent in JSON, so it is not required. Requests are closed, because
 * unknown members are refused; responses are open, because they may get further members.
 *
 * @param schemas the components
 * @param members the reader of the types of members
 */
record RecordReader(SchemaTexts texts, ObjectNode schemas, SchemaReader members) {

	/** Return the name of the component of a record, which is added if it is absent. */
	String component(Class<?> type) {
		String name = this.texts.name(type);
		if (!this.schemas.has(name)) {
			ObjectNode schema = this.schemas.putObject(name);
			schema.put("description", this.texts.describe(name));
			JsonSubTypes types = type.getAnnotation(JsonSubTypes.class);
			if (types != null) {
				alternatives(types, schema);
			}
			else {
				object(type, name, schema);
			}
			schema.setAll(this.texts.keywords(name));
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
				.put("description", this.texts.describe(name, "type"));
			alternative.withArray("/required").add("type");
			alternatives.add(SchemaReader.reference(name));
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
		if (this.texts.request()) {
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
				ObjectNode given = this.texts.memberSchema(name, component.getName());
				ObjectNode schema = (given != null) ? given
						: this.members.read(component.getAnnotatedType(), annotations);
				schema.put("description", this.texts.describe(name, component.getName()));
				properties.set(component.getName(), schema);
				if (isRequired(component, annotations)) {
					required.add(component.getName());
				}
			}
		}
	}

	private boolean isRequired(RecordComponent component, List<Annotation> annotations) {
		if (this.texts.request()) {
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

}

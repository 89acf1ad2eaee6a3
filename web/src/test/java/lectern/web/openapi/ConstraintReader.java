package lectern.web.openapi;

import java.lang.annotation.Annotation;
import java.math.BigDecimal;
import java.util.List;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import lectern.web.PlainText;
import org.hibernate.validator.constraints.UniqueElements;
import tools.jackson.databind.node.ObjectNode;

/** Writes the constraints of Bean Validation as keywords of JSON Schema. */
final class ConstraintReader {

	private static final String UUID = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";

	private ConstraintReader() {
	}

	/**
	 * Add the keywords.
	 * @param request whether clients write the content; a response may get other values
	 */
	static void apply(List<Annotation> constraints, ObjectNode schema, boolean request) {
		constraints.forEach((constraint) -> apply(constraint, schema, request));
	}

	private static void apply(Annotation constraint, ObjectNode schema, boolean request) {
		switch (constraint) {
			case PlainText text -> schema.put("minLength", 1).put("maxLength", text.max());
			case Size size -> size(size, schema);
			case Min min -> schema.put("minimum", min.value());
			case Max max -> schema.put("maximum", max.value());
			case DecimalMin min -> schema.put("minimum", new BigDecimal(min.value()));
			case DecimalMax max -> schema.put("maximum", new BigDecimal(max.value()));
			case Pattern pattern -> pattern(pattern.regexp(), schema, request);
			case UniqueElements _ -> schema.put("uniqueItems", true);
			default -> named(constraint.annotationType().getSimpleName(), schema);
		}
	}

	private static void size(Size size, ObjectNode schema) {
		boolean list = schema.path("type").asString("").equals("array");
		if (size.min() > 0) {
			schema.put(list ? "minItems" : "minLength", size.min());
		}
		if (size.max() < Integer.MAX_VALUE) {
			schema.put(list ? "maxItems" : "maxLength", size.max());
		}
	}

	/** Alternatives of plain words are an enumeration. */
	private static void pattern(String regexp, ObjectNode schema, boolean request) {
		if (regexp.equals(UUID)) {
			schema.put("format", "uuid");
			return;
		}
		if (regexp.matches("[a-z]+(\\|[a-z]+)+")) {
			List.of(regexp.split("\\|")).forEach(schema.putArray(request ? "enum" : "x-extensible-enum")::add);
		}
		else {
			schema.put("pattern", "^(?:" + regexp + ")$");
		}
	}

	/** Constraints of a service, which this library does not know. */
	private static void named(String constraint, ObjectNode schema) {
		switch (constraint) {
			case "ValidInstant" -> schema.put("format", "date-time").put("maxLength", 40);
			case "ValidId" -> schema.put("pattern", "^[a-z0-9]+(?:-[a-z0-9]+)*$").put("maxLength", 80);
			case "WebUrl" -> schema.put("format", "uri").put("maxLength", 2000);
			default -> {
			}
		}
	}

}

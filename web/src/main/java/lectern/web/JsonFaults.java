package lectern.web;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says in the words of the API what Jackson finds wrong with a member. */
final class JsonFaults {

	private static final Pattern KNOWN_TYPES = Pattern.compile("known type ids = \\[([^\\]]*)]");

	private JsonFaults() {
	}

	/**
	 * Return the violation that an exception describes.
	 * @return null if it is not one of a member: the content is not JSON, or not of the
	 * expected structure at all
	 */
	static Problem.@Nullable Violation violation(JacksonException failure) {
		boolean ofMember = failure instanceof DatabindException || failure instanceof InputCoercionException;
		if (!ofMember || failure.getPath().isEmpty()) {
			return null;
		}
		String pointer = pointer(failure.getPath());
		return switch (failure) {
			case UnrecognizedPropertyException unknown ->
				new Problem.Violation(pointer, null, "is unknown" + knownMembers(unknown));
			case InvalidTypeIdException type when type.getTypeId() == null -> isReadToItsEnd(type)
					? new Problem.Violation(pointer + "/type", null, "is missing" + knownTypes(type, "; it must be "))
					: new Problem.Violation(pointer, null, "has no type" + knownTypes(type, "; it is "));
			case InvalidTypeIdException type -> new Problem.Violation(pointer + "/type", null,
					"is not a known type" + knownTypes(type, "; it must be "));
			case MismatchedInputException mismatch ->
				new Problem.Violation(pointer, null, expectation(mismatch.getTargetType()));
			case InputCoercionException range ->
				new Problem.Violation(pointer, null, expectation(range.getTargetType()));
			default -> new Problem.Violation(pointer, null, expectation(null));
		};
	}

	/**
	 * An object was read to its end in search of its type; any other value has no members
	 * at all.
	 */
	private static boolean isReadToItsEnd(InvalidTypeIdException failure) {
		return failure.processor() instanceof JsonParser parser && parser.currentToken() == JsonToken.END_OBJECT;
	}

	private static String knownMembers(UnrecognizedPropertyException failure) {
		Collection<Object> known = failure.getKnownPropertyIds();
		return (known == null || known.isEmpty()) ? ""
				: "; the members are " + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
	}

	/** Return the JSON pointer to the place of a failure; the path is not empty. */
	static String pointer(List<JacksonException.Reference> path) {
		return path.stream()
			.map((step) -> (step.getPropertyName() != null) ? step.getPropertyName() : String.valueOf(step.getIndex()))
			.map(ProblemTranslation::escaped)
			.collect(Collectors.joining("/", "/", ""));
	}

	/** Jackson names the types in its message only. */
	private static String knownTypes(InvalidTypeIdException failure, String introduction) {
		Matcher known = KNOWN_TYPES.matcher(String.valueOf(failure.getOriginalMessage()));
		return known.find() ? introduction + "one of " + known.group(1) : "";
	}

	private static String expectation(@Nullable Class<?> type) {
		if (type == null) {
			return "has the wrong type or format";
		}
		if (type.isEnum()) {
			return "must be one of "
					+ Arrays.stream(type.getEnumConstants()).map(JsonFaults::name).collect(Collectors.joining(", "));
		}
		if (type == String.class) {
			return "must be text";
		}
		if (type == Boolean.class || type == boolean.class) {
			return "must be true or false";
		}
		if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
			return "must be a whole number";
		}
		if (Number.class.isAssignableFrom(type) || type.isPrimitive()) {
			return "must be a number";
		}
		if (type == Instant.class) {
			return "must be an instant such as 2026-01-31T12:00:00Z";
		}
		return (Collection.class.isAssignableFrom(type) || type.isArray()) ? "must be a list" : "must be an object";
	}

	private static String name(Object constant) {
		String name = ((Enum<?>) constant).name();
		try {
			JsonProperty property = ((Enum<?>) constant).getDeclaringClass()
				.getField(name)
				.getAnnotation(JsonProperty.class);
			return (property != null) ? property.value() : name;
		}
		catch (NoSuchFieldException _) {
			return name;
		}
	}

}

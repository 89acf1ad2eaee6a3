package lectern.web;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds everything that is wrong with a document. Data binding stops at the first member
 * of a wrong type; that member is then removed and the rest is bound again.
 */
final class DocumentViolations {

	static final Comparator<Problem.Violation> ORDER = Comparator.comparing(Problem.Violation::pointer)
		.thenComparing(Problem.Violation::detail);

	private static final int MAX_ATTEMPTS = 32;

	/** Bounds the work for a large document, in bytes that are bound. */
	private static final int MAX_BOUND_BYTES = 1024 * 1024;

	private final JsonMapper mapper;

	private final Validator validator;

	DocumentViolations(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.validator = validator;
	}

	/**
	 * Find the violations of a document that cannot be bound.
	 * @return the problem that lists them, and says so if there may be more; null if the
	 * content is not JSON, or no object at all
	 */
	@Nullable Problem find(byte[] json, JavaType type) {
		try {
			return find(this.mapper.readTree(json), type,
					Math.clamp(MAX_BOUND_BYTES / Math.max(json.length, 1), 2, MAX_ATTEMPTS));
		}
		catch (JacksonException _) {
			return null;
		}
	}

	/** Find the violations of a document that was bound. */
	List<Problem.Violation> validate(Object document) {
		return validate(document, List.of());
	}

	/** Find the violations of a document from which members were removed. */
	private List<Problem.Violation> validate(Object document, List<String> removed) {
		return this.validator.validate(document)
			.stream()
			.filter((violation) -> removed.stream().noneMatch((pointer) -> isDueTo(violation, pointer)))
			.map((violation) -> new Problem.Violation(pointer(violation), null, violation.getMessage()))
			.sorted(ORDER)
			.toList();
	}

	private @Nullable Problem find(JsonNode document, JavaType type, int attempts) {
		List<Problem.Violation> violations = new ArrayList<>();
		List<String> removed = new ArrayList<>();
		boolean complete = false;
		for (int attempt = 0; attempt < attempts; attempt++) {
			try {
				@Nullable Object bound = this.mapper.readerFor(type).readValue(this.mapper.treeAsTokens(document));
				if (bound != null) {
					violations.addAll(validate(bound, removed));
				}
				complete = true;
				break;
			}
			catch (JacksonException ex) {
				Problem.Violation violation = JsonFaults.violation(ex);
				if (violation == null) {
					break;
				}
				violations.add(violation);
				String pointer = JsonFaults.pointer(ex.getPath());
				if (removed.contains(pointer) || !remove(document, JsonPointer.compile(pointer))) {
					break;
				}
				removed.add(pointer);
			}
		}
		return toProblem(violations.stream().distinct().sorted(ORDER).toList(), complete);
	}

	private static @Nullable Problem toProblem(List<Problem.Violation> violations, boolean complete) {
		if (violations.isEmpty()) {
			return null;
		}
		return complete ? Problem.invalid(violations) : Problem.invalidAtLeast(violations);
	}

	/** An entry of a list becomes null, so that the others keep their index. */
	private static boolean remove(JsonNode document, JsonPointer pointer) {
		JsonNode parent = document.at(pointer.head());
		JsonPointer member = pointer.last();
		if (parent instanceof ObjectNode object) {
			return object.remove(member.getMatchingProperty()) != null;
		}
		if (parent instanceof ArrayNode list && list.has(member.getMatchingIndex())) {
			list.setNull(member.getMatchingIndex());
			return true;
		}
		return false;
	}

	/**
	 * A violation of a removed member says nothing new. Nor does one of a rule about
	 * several members, which lists them as its attribute {@code members}, without one of
	 * them.
	 */
	private static boolean isDueTo(ConstraintViolation<?> violation, String removed) {
		String pointer = pointer(violation);
		return pointer.equals(removed) || pointer.startsWith(removed + "/")
				|| membersOf(violation).anyMatch((member) -> removed.equals(parent(pointer) + "/" + member));
	}

	private static Stream<String> membersOf(ConstraintViolation<?> violation) {
		Object members = violation.getConstraintDescriptor().getAttributes().get("members");
		return (members instanceof String[] names) ? Arrays.stream(names) : Stream.empty();
	}

	private static String parent(String pointer) {
		return pointer.substring(0, pointer.lastIndexOf('/'));
	}

	/** Translate {@code authors[0].<list element>} to {@code /authors/0}. */
	private static String pointer(ConstraintViolation<?> violation) {
		String path = violation.getPropertyPath().toString().replace(".<list element>", "");
		return ProblemTranslation.pointer(path);
	}

}

package lectern.web;

import java.util.Comparator;
import java.util.List;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.server.ServerWebInputException;

import lectern.web.Problem.Violation;

/**
 * Makes of a JSON document what the content of a request is made into, with the same
 * rules and the same refusals.
 */
public final class DocumentReader {

	private final JsonMapper mapper;

	private final Validator validator;

	public DocumentReader(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.validator = validator;
	}

	/**
	 * Read a document.
	 * @return valid
	 * @throws Problem 422 that points at each member that is not valid
	 */
	public <T> T read(JsonNode document, Class<T> type) {
		T content = content(document, type);
		List<Violation> violations = this.validator.validate(content)
			.stream()
			.map((violation) -> new Violation(pointer(violation), null, violation.getMessage()))
			.sorted(Comparator.comparing(Violation::toString))
			.toList();
		if (!violations.isEmpty()) {
			throw Problem.invalid(violations);
		}
		return content;
	}

	/** A failure is told as if the content of a request had been read. */
	private <T> T content(JsonNode document, Class<T> type) {
		try {
			return this.mapper.treeToValue(document, type);
		}
		catch (JacksonException ex) {
			throw new ProblemTranslation().translate(new ServerWebInputException("is no " + type, null, ex));
		}
	}

	private static String pointer(ConstraintViolation<?> violation) {
		StringBuilder pointer = new StringBuilder();
		for (Path.Node node : violation.getPropertyPath()) {
			if (node.getIndex() != null) {
				pointer.append('/').append(node.getIndex());
			}
			if (node.getKind() == ElementKind.PROPERTY) {
				pointer.append('/').append(node.getName());
			}
		}
		return pointer.toString();
	}

}

package lectern.web;

import java.util.Comparator;
import java.util.List;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.server.ServerWebInputException;

/**
 * Reads a document that is a part of a request's content, for example one of its lines,
 * with the same rules and the same problems as the content of a request.
 */
public final class JsonDocumentReader {

	private final ProblemTranslation translation = new ProblemTranslation();

	private final JsonMapper mapper;

	private final Validator validator;

	public JsonDocumentReader(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.validator = validator;
	}

	/**
	 * Read and validate a document.
	 * @throws Problem 400 if it is not JSON of this structure, 422 with a pointer to each
	 * member that breaks a rule
	 */
	public <T> T read(String json, Class<T> type) {
		T document = parse(json, type);
		List<Problem.Violation> violations = this.validator.validate(document)
			.stream()
			.map((violation) -> new Problem.Violation(pointer(violation), null, violation.getMessage()))
			.sorted(Comparator.comparing(Problem.Violation::pointer).thenComparing(Problem.Violation::detail))
			.toList();
		if (!violations.isEmpty()) {
			throw Problem.invalid(violations);
		}
		return document;
	}

	private <T> T parse(String json, Class<T> type) {
		try {
			T document = this.mapper.readValue(json, type);
			if (document != null) {
				return document;
			}
		}
		catch (JacksonException ex) {
			throw this.translation.translate(new ServerWebInputException("The document cannot be read", null, ex));
		}
		// The literal null is JSON but not a document.
		throw this.translation.translate(new ServerWebInputException("The document cannot be read"));
	}

	/** Translate {@code authors[0].<list element>} to {@code /authors/0}. */
	private static String pointer(ConstraintViolation<?> violation) {
		String path = violation.getPropertyPath().toString().replace(".<list element>", "");
		return ProblemTranslation.pointer(path);
	}

}

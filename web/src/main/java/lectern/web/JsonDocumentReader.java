package lectern.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

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

	private final DocumentViolations violations;

	public JsonDocumentReader(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.violations = new DocumentViolations(mapper, validator);
	}

	/**
	 * Read and validate a document.
	 * @throws Problem 400 if it is not JSON of this structure, 422 with a pointer to each
	 * member that breaks a rule
	 */
	public <T> T read(String json, Class<T> type) {
		T document = parse(json, type);
		requireNone(this.violations.validate(document));
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
			Problem found = this.violations.find(json.getBytes(StandardCharsets.UTF_8),
					this.mapper.constructType(type));
			throw (found != null) ? found
					: this.translation.translate(new ServerWebInputException("The document cannot be read", null, ex));
		}
		// The literal null is JSON but not a document.
		throw this.translation.translate(new ServerWebInputException("The document cannot be read"));
	}

	private static void requireNone(List<Problem.Violation> violations) {
		if (!violations.isEmpty()) {
			throw Problem.invalid(violations);
		}
	}

}

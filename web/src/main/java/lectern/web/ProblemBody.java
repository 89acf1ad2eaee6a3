package lectern.web;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a problem: the members of RFC 9457, the request id, the errors, and
 * the members of its type.
 *
 * @param instance the path of the request; null for a problem within a response, as is
 * the request id
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ProblemBody(String type, String title, int status, String detail, @Nullable String instance,
		@Nullable String requestId, List<Problem.Violation> errors, @JsonAnyGetter Map<String, String> members) {

	/** The problem within a response that reports several. */
	public static ProblemBody of(Throwable failure) {
		return of(new ProblemTranslation().translate(failure), null, null);
	}

	/** The problem that is the response to a request. */
	public static ProblemBody of(Problem problem, @Nullable String instance, @Nullable String requestId) {
		ProblemType type = problem.type();
		return new ProblemBody("/problems/" + type.name(), type.title(), type.status().value(), problem.detail(),
				instance, requestId, problem.violations(), problem.members());
	}

}

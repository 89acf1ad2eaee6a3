package lectern.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** The JSON form of a problem: the members of RFC 9457, the request id and the errors. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record ProblemBody(String type, String title, int status, String detail, String instance, @Nullable String requestId,
		List<Problem.Violation> errors) {

}

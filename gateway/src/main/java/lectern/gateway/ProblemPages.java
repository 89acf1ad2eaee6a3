package lectern.gateway;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The pages of all problem types, from {@code problems.yml}.
 *
 * @param problems by the type's name, the last segment of its URI
 */
@ConfigurationProperties("lectern")
record ProblemPages(Map<String, ProblemPage> problems) {

	ProblemPages {
		problems = Map.copyOf(problems);
	}

	/**
	 * What there is to say about one problem type, in plain text.
	 *
	 * @param title the same words as in the answers
	 * @param status the HTTP status it is answered with
	 * @param happened what happened
	 * @param remedy what the reader of the page can do
	 */
	record ProblemPage(String title, int status, String happened, String remedy) {
	}

}

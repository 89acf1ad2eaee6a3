package lectern.gateway;

import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The texts of the pages of all problem types, from {@code problems.yml}.
 *
 * @param problems the texts by the name of the problem type, the last segment of its URI
 */
@ConfigurationProperties("lectern")
record ProblemPages(Map<String, ProblemPage> problems) {

	ProblemPages {
		problems = Map.copyOf(problems);
	}

	/**
	 * The texts of the page of one problem type, without markup.
	 *
	 * @param title the title, the same as in the responses
	 * @param status the HTTP status of the responses
	 * @param happened the explanation of what happened
	 * @param remedy what the caller can do
	 */
	record ProblemPage(String title, int status, String happened, String remedy) {
	}

}

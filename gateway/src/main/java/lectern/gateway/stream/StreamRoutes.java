package lectern.gateway.stream;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which streams there are, and whose.
 *
 * @param shared those that are the same for everybody
 * @param personal those of one reader each, by {@code {reader}} in their path
 */
@ConfigurationProperties("lectern.edge")
record StreamRoutes(@DefaultValue List<SharedRoute> shared, @DefaultValue List<PersonalRoute> personal) {

	/**
	 * A stream that is the same for everybody.
	 *
	 * @param service whose it is
	 * @param statePath where the present state is read
	 * @param filters by parameter, what its subscribers can narrow it to
	 */
	record SharedRoute(String path, URI service, String statePath, @DefaultValue Map<String, FilterParameter> filters) {
	}

	/**
	 * A parameter that narrows a stream.
	 *
	 * @param member of the events, a text
	 * @param values those it can be, several with commas in between; null if a pattern
	 * says it
	 * @param pattern what its one value looks like; null if a list says it
	 */
	record FilterParameter(String member, @Nullable List<String> values, @Nullable Pattern pattern) {
	}

	/**
	 * A stream that is one reader's.
	 *
	 * @param service whose it is
	 * @param parameters those that it can be asked for with
	 * @param pool the connections that it is relayed over, by a name of their own
	 */
	record PersonalRoute(String path, URI service, Set<String> parameters, String pool) {
	}

}

package lectern.gateway.stream;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import lectern.streaming.server.RequestedStart;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The streams that the gateway serves.
 *
 * @param shared streams that are the same for everybody
 * @param personal private streams, with {@code {reader}} in their path
 */
@ConfigurationProperties("lectern.edge")
record StreamRoutes(@DefaultValue List<SharedRoute> shared, @DefaultValue List<PersonalRoute> personal) {

	/**
	 * A stream that is the same for everybody.
	 *
	 * @param service names its service
	 * @param statePath the path of the current state
	 * @param filters by name, the query parameters that filter it
	 */
	record SharedRoute(String path, URI service, String statePath, @DefaultValue Map<String, FilterParameter> filters) {
	}

	/**
	 * A query parameter that filters a stream.
	 *
	 * @param member the member of the events that is compared, a text
	 * @param values the allowed values, of which several may be given with commas; null
	 * if there is a pattern
	 * @param pattern the pattern of the one value; null if there is a list
	 */
	record FilterParameter(String member, @Nullable List<String> values, @Nullable Pattern pattern) {
	}

	/**
	 * A stream of one reader.
	 *
	 * @param service names its service
	 * @param parameters the allowed query parameters
	 * @param pool the name of the connection pool that it is relayed over
	 */
	record PersonalRoute(String path, URI service, Set<String> parameters, String pool) {

		/**
		 * Whether the stream starts at the present, unless the request asks otherwise.
		 */
		boolean isLive() {
			return this.parameters.contains(RequestedStart.AFTER);
		}

	}

}

package lectern.gateway;

import java.util.List;
import java.util.stream.Stream;

import lectern.web.CrossOriginAccess;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Decides which responses the pages of other origins may read: those of all origins what
 * is public, those of configured origins the rest of the API.
 */
@Component
public final class CrossOriginPolicy {

	static final List<HttpMethod> READS = List.of(HttpMethod.GET, HttpMethod.HEAD);

	private static final List<PathPattern> PUBLIC_READS = Stream
		.concat(Stream.of("/.well-known/jwks.json"), Stream.of(GatewaySecurityConfiguration.PUBLIC_READS))
		.map(PathPatternParser.defaultInstance::parse)
		.toList();

	private final CrossOriginSettings settings;

	CrossOriginPolicy(CrossOriginSettings settings) {
		this.settings = settings;
	}

	/**
	 * Add what pages of other origins may do with a response.
	 * @param origin the origin of the page; null if the request has none
	 * @param ofService whether a service has answered, which adds the headers to public
	 * reads itself
	 */
	public void addHeaders(@Nullable HttpMethod method, PathContainer path, @Nullable String origin, boolean ofService,
			HttpHeaders response) {
		if (isPublicRead(method, path)) {
			if (origin != null || !ofService) {
				CrossOriginAccess.allowAll(response);
			}
		}
		else if (isAllowed(origin, path)) {
			CrossOriginAccess.allow(String.valueOf(origin), response);
		}
		if (isOfApi(path)) {
			CrossOriginAccess.varyUnlessPublic(response);
		}
	}

	static boolean isPublicRead(@Nullable HttpMethod method, PathContainer path) {
		return method != null && READS.contains(method)
				&& PUBLIC_READS.stream().anyMatch((pattern) -> pattern.matches(path));
	}

	/** Tell whether pages of a configured origin ask for something of the API. */
	boolean isAllowed(@Nullable String origin, PathContainer path) {
		return origin != null && isOfApi(path) && this.settings.allows(origin);
	}

	private static boolean isOfApi(PathContainer path) {
		return path.value().startsWith("/api/");
	}

}

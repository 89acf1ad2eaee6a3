package lectern.gateway.accesslog;

import java.util.Set;

import io.netty.handler.codec.http.HttpMethod;

/** The methods that a line may name. A client may send any word as one. */
final class KnownMethods {

	private static final String UNKNOWN = "UNKNOWN";

	private static final Set<String> NAMES = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE",
			"CONNECT");

	private KnownMethods() {
	}

	static String nameOf(HttpMethod method) {
		return NAMES.contains(method.name()) ? method.name() : UNKNOWN;
	}

}

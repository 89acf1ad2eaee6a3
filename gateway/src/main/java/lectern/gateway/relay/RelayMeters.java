package lectern.gateway.relay;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Times the requests of the short way, under the names and with the tags of the ordinary
 * way. The timers are kept, because to find one by its tags takes longer than to use it.
 */
final class RelayMeters {

	/** Stands for a request whose client left before the response. */
	static final int ABORTED = 0;

	private static final String UNKNOWN = "UNKNOWN";

	private final Map<Key, Timers> timers = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	RelayMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	void record(RelayRoute route, HttpMethod method, int status, long nanos) {
		Key key = new Key(route.id(), method, status);
		Timers found = this.timers.get(key);
		if (found == null) {
			found = this.timers.computeIfAbsent(key, (_) -> register(route, method, status));
		}
		found.server().record(nanos, TimeUnit.NANOSECONDS);
		found.route().record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timers register(RelayRoute route, HttpMethod method, int status) {
		HttpStatus known = HttpStatus.resolve(status);
		String outcome = outcome(status);
		Tags server = Tags.of("error", "none", "exception", "none", "method", method.name(), "outcome", outcome,
				"status", (status == ABORTED) ? UNKNOWN : Integer.toString(status), "uri", uri(known));
		String code = (status == ABORTED) ? "NA" : Integer.toString(status);
		Tags routing = Tags.of("httpMethod", method.name(), "httpStatusCode", code, "outcome",
				(known != null) ? known.series().name() : "CUSTOM", "routeId", route.id(), "routeUri",
				routeUri(route.uri()), "status", (known != null) ? known.name() : code);
		return new Timers(this.registry.timer("http.server.requests", server),
				this.registry.timer("spring.cloud.gateway.requests", routing));
	}

	private static String routeUri(@Nullable URI uri) {
		return Objects.toString(uri, "");
	}

	/**
	 * Redirections and unknown resources have a value of their own in the ordinary way.
	 */
	private static String uri(@Nullable HttpStatus status) {
		if (status != null && status.is3xxRedirection()) {
			return "REDIRECTION";
		}
		return (status == HttpStatus.NOT_FOUND) ? "NOT_FOUND" : UNKNOWN;
	}

	private static String outcome(int status) {
		HttpStatus.Series series = HttpStatus.Series.resolve(status);
		if (series == null) {
			return UNKNOWN;
		}
		return (series == HttpStatus.Series.SUCCESSFUL) ? "SUCCESS" : series.name();
	}

	private record Key(String route, HttpMethod method, int status) {
	}

	private record Timers(Timer server, Timer route) {
	}

}

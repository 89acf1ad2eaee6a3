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

	/** Stands for the status of a request that got no response. */
	static final int NO_STATUS = 0;

	static final String UNKNOWN = "UNKNOWN";

	private final Map<Key, Timers> timers = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	RelayMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	/**
	 * Record a request.
	 * @param status the status of the response, or {@link #NO_STATUS}
	 * @param complete whether the whole response was sent
	 */
	void record(RelayTarget target, HttpMethod method, int status, boolean complete, long nanos) {
		Key key = new Key(target.route().id(), target.pattern(), method, status, complete);
		Timers found = this.timers.get(key);
		if (found == null) {
			found = this.timers.computeIfAbsent(key, (_) -> register(target, method, status, complete));
		}
		found.server().record(nanos, TimeUnit.NANOSECONDS);
		found.route().record(nanos, TimeUnit.NANOSECONDS);
	}

	private Timers register(RelayTarget target, HttpMethod method, int status, boolean complete) {
		RelayRoute route = target.route();
		HttpStatus known = HttpStatus.resolve(status);
		String outcome = complete ? outcome(status) : UNKNOWN;
		Tags server = Tags.of("error", "none", "exception", "none", "method", method.name(), "outcome", outcome,
				"status", (status == NO_STATUS) ? UNKNOWN : Integer.toString(status), "uri", target.pattern());
		String code = (status == NO_STATUS) ? "NA" : Integer.toString(status);
		Tags routing = Tags.of("httpMethod", method.name(), "httpStatusCode", code, "outcome",
				(known != null) ? known.series().name() : "CUSTOM", "routeId", route.id(), "routeUri",
				routeUri(route.uri()), "status", (known != null) ? known.name() : code);
		return new Timers(this.registry.timer("http.server.requests", server),
				this.registry.timer("spring.cloud.gateway.requests", routing));
	}

	private static String routeUri(@Nullable URI uri) {
		return Objects.toString(uri, "");
	}

	private static String outcome(int status) {
		HttpStatus.Series series = HttpStatus.Series.resolve(status);
		if (series == null) {
			return UNKNOWN;
		}
		return (series == HttpStatus.Series.SUCCESSFUL) ? "SUCCESS" : series.name();
	}

	private record Key(String route, String pattern, HttpMethod method, int status, boolean complete) {
	}

	private record Timers(Timer server, Timer route) {
	}

}

package lectern.gateway.operations;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * A service that is asked again and again how it is. For one poller, which asks once at a
 * time: it remembers the last answer, to tell what is new in the next.
 */
final class WatchedService {

	/** Shorter than a second, so that one that hangs does not delay the next snapshot. */
	private static final Duration IN_TIME = Duration.ofMillis(800);

	private static final MediaType PROMETHEUS_TEXT = MediaType.parseMediaType("text/plain;version=0.0.4");

	private final String name;

	private final WebClient management;

	private @Nullable Reading last;

	WatchedService(String name, URI managementUrl, WebClient.Builder client) {
		this.name = name;
		this.management = client.clone().baseUrl(managementUrl.toString()).build();
	}

	/**
	 * How it is now.
	 * @return cold; within 800 ms, never empty and never failing
	 */
	Mono<Snapshot.Service> ask() {
		// Both are waited for: a failure of the one cancelled would be logged as dropped.
		return Mono.zipDelayError(reading(), readiness())
			.map((both) -> answered(both.getT1(), both.getT2()))
			.onErrorReturn(new Snapshot.Service(this.name, ServiceState.DOWN, null))
			.doOnNext((answer) -> this.last = (answer.state() != ServiceState.DOWN) ? this.last : null);
	}

	private Snapshot.Service answered(Reading reading, ServiceState state) {
		Snapshot.Service answer = new Snapshot.Service(this.name, state, reading.metrics(this.last));
		this.last = reading;
		return answer;
	}

	private Mono<Reading> reading() {
		return this.management.get()
			.uri("/actuator/prometheus")
			.accept(PROMETHEUS_TEXT)
			.retrieve()
			.bodyToMono(String.class)
			.defaultIfEmpty("")
			.map(Reading::of)
			.timeout(IN_TIME);
	}

	private Mono<ServiceState> readiness() {
		return this.management.get()
			.uri("/actuator/health/readiness")
			.exchangeToMono((answer) -> answer.releaseBody()
				.thenReturn(answer.statusCode().is2xxSuccessful() ? ServiceState.UP : ServiceState.UNREADY))
			.timeout(IN_TIME)
			.onErrorReturn(ServiceState.UNREADY);
	}

}

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
final class ServiceScraper {

	/** Shorter than a second, so that one that hangs does not delay the next snapshot. */
	private static final Duration SCRAPE_TIMEOUT = Duration.ofMillis(800);

	private static final MediaType PROMETHEUS_TEXT = MediaType.parseMediaType("text/plain;version=0.0.4");

	private final String name;

	private final WebClient management;

	private @Nullable Scrape previousScrape;

	ServiceScraper(String name, URI managementUrl, WebClient.Builder client) {
		this.name = name;
		this.management = client.clone().baseUrl(managementUrl.toString()).build();
	}

	/**
	 * How it is now.
	 * @return cold; within 800 ms, never empty and never failing
	 */
	Mono<OperationsSnapshot.ServiceSnapshot> scrape() {
		// Both are waited for: a failure of the one cancelled would be logged as dropped.
		return Mono.zipDelayError(scrapeMetrics(), readiness())
			.map((both) -> toSnapshot(both.getT1(), both.getT2()))
			.onErrorReturn(new OperationsSnapshot.ServiceSnapshot(this.name, ServiceState.DOWN, null))
			.doOnNext((answer) -> this.previousScrape = (answer.state() != ServiceState.DOWN) ? this.previousScrape
					: null);
	}

	private OperationsSnapshot.ServiceSnapshot toSnapshot(Scrape reading, ServiceState state) {
		OperationsSnapshot.ServiceSnapshot answer = new OperationsSnapshot.ServiceSnapshot(this.name, state,
				reading.metrics(this.previousScrape));
		this.previousScrape = reading;
		return answer;
	}

	private Mono<Scrape> scrapeMetrics() {
		return this.management.get()
			.uri("/actuator/prometheus")
			.accept(PROMETHEUS_TEXT)
			.retrieve()
			.bodyToMono(String.class)
			.defaultIfEmpty("")
			.map(Scrape::parse)
			.timeout(SCRAPE_TIMEOUT);
	}

	private Mono<ServiceState> readiness() {
		return this.management.get()
			.uri("/actuator/health/readiness")
			.exchangeToMono((answer) -> answer.releaseBody()
				.thenReturn(answer.statusCode().is2xxSuccessful() ? ServiceState.UP : ServiceState.UNREADY))
			.timeout(SCRAPE_TIMEOUT)
			.onErrorReturn(ServiceState.UNREADY);
	}

}

package lectern.gateway.operations;

import java.net.URI;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Polls the metrics and readiness of one service. It keeps the previous scrape, from
 * which percentiles of the latest values are computed, so it must not be polled
 * concurrently.
 */
final class ServiceScraper {

	/** Less than a second, so that a service that hangs does not delay the snapshots. */
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
	 * Poll the service.
	 * @return cold; emits within 800 ms, never empty, never fails
	 */
	Mono<OperationsSnapshot.ServiceSnapshot> scrape() {
		// Waits for both: the error of a cancelled request would be logged as dropped.
		return Mono.zipDelayError(scrapeMetrics(), readiness())
			.map((both) -> toSnapshot(both.getT1(), both.getT2()))
			.onErrorReturn(new OperationsSnapshot.ServiceSnapshot(this.name, ServiceState.DOWN, null))
			.doOnNext((snapshot) -> this.previousScrape = (snapshot.state() != ServiceState.DOWN) ? this.previousScrape
					: null);
	}

	private OperationsSnapshot.ServiceSnapshot toSnapshot(Scrape scrape, ServiceState state) {
		OperationsSnapshot.ServiceSnapshot snapshot = new OperationsSnapshot.ServiceSnapshot(this.name, state,
				scrape.metrics(this.previousScrape));
		this.previousScrape = scrape;
		return snapshot;
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
			.exchangeToMono((response) -> response.releaseBody()
				.thenReturn(response.statusCode().is2xxSuccessful() ? ServiceState.UP : ServiceState.UNREADY))
			.timeout(SCRAPE_TIMEOUT)
			.onErrorReturn(ServiceState.UNREADY);
	}

}

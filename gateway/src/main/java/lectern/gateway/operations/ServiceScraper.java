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

	/** The first scrape connects and runs code that is not compiled yet. */
	private static final Duration FIRST_SCRAPE_TIMEOUT = Duration.ofSeconds(5);

	private static final MediaType PROMETHEUS_TEXT = MediaType.parseMediaType("text/plain;version=0.0.4");

	private final String name;

	private final WebClient management;

	private @Nullable Scrape previousScrape;

	private boolean scrapedBefore;

	ServiceScraper(String name, URI managementUrl, WebClient.Builder client) {
		this.name = name;
		this.management = client.clone().baseUrl(managementUrl.toString()).build();
	}

	/**
	 * Poll the service.
	 * @return cold; emits within 800 ms, for the first time within 5 s; never empty,
	 * never fails
	 */
	Mono<OperationsSnapshot.ServiceSnapshot> scrape() {
		return Mono.defer(() -> {
			Duration timeout = this.scrapedBefore ? SCRAPE_TIMEOUT : FIRST_SCRAPE_TIMEOUT;
			this.scrapedBefore = true;
			return scrape(timeout);
		});
	}

	private Mono<OperationsSnapshot.ServiceSnapshot> scrape(Duration timeout) {
		// Waits for both: the error of a cancelled request would be logged as dropped.
		return Mono.zipDelayError(scrapeMetrics(timeout), readiness(timeout))
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

	private Mono<Scrape> scrapeMetrics(Duration timeout) {
		return this.management.get()
			.uri("/actuator/prometheus")
			.accept(PROMETHEUS_TEXT)
			.retrieve()
			.bodyToMono(String.class)
			.defaultIfEmpty("")
			.map(Scrape::parse)
			.timeout(timeout);
	}

	private Mono<ServiceState> readiness(Duration timeout) {
		return this.management.get()
			.uri("/actuator/health/readiness")
			.exchangeToMono((response) -> response.releaseBody()
				.thenReturn(response.statusCode().is2xxSuccessful() ? ServiceState.UP : ServiceState.UNREADY))
			.timeout(timeout)
			.onErrorReturn(ServiceState.UNREADY);
	}

}

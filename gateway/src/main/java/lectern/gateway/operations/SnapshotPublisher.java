package lectern.gateway.operations;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Asks all services once a second how they are, for all who watch together and only while
 * somebody does.
 */
@Component
class SnapshotPublisher implements DisposableBean {

	private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);

	/** Far beyond what a service exports; it bounds what a snapshot can grow to. */
	private static final int MAX_RESPONSE_BYTES = 4 << 20;

	private final ConnectionProvider connections = ConnectionProvider.builder("operations")
		.maxConnections(4)
		.maxIdleTime(Duration.ofSeconds(10))
		.build();

	private final ManagementAddresses addresses;

	private final JsonMapper mapper;

	private final Flux<Void> polling;

	private volatile Sinks.Many<byte[]> latest = Sinks.many().replay().latest();

	SnapshotPublisher(ManagementAddresses addresses, JsonMapper mapper) {
		this.addresses = addresses;
		this.mapper = mapper;
		this.polling = Flux.defer(this::poll).publish().refCount();
	}

	/**
	 * Keeps the services being asked while it is subscribed to.
	 * @return hot; emits nothing and never ends
	 */
	Flux<Void> polling() {
		return this.polling;
	}

	/**
	 * The snapshots as frames of an event stream, which nobody may change.
	 * @return hot, while they are being asked, and beginning with the latest there is;
	 * who is slow is not waited for and gets the latest
	 */
	Flux<byte[]> frames() {
		return Flux.defer(() -> this.latest.asFlux());
	}

	private Flux<Void> poll() {
		// What was known when somebody last watched is no news to who watches next.
		Sinks.Many<byte[]> begun = Sinks.many().replay().latest();
		this.latest = begun;
		WebClient.Builder client = client();
		List<ServiceScraper> services = List.of(
				new ServiceScraper("gateway", this.addresses.gateway().managementUrl(), client),
				new ServiceScraper("catalog-service", this.addresses.catalog().managementUrl(), client),
				new ServiceScraper("progress-service", this.addresses.progress().managementUrl(), client));
		return Flux.interval(Duration.ZERO, SCRAPE_INTERVAL)
			.onBackpressureDrop()
			.concatMap((_) -> snapshot(services), 0)
			.doOnNext((snapshot) -> begun.tryEmitNext(frame(snapshot)))
			.thenMany(Flux.empty());
	}

	private static Mono<OperationsSnapshot> snapshot(List<ServiceScraper> services) {
		return Flux.fromIterable(services)
			.flatMapSequential(ServiceScraper::scrape, services.size())
			.collectList()
			.map((answers) -> new OperationsSnapshot(Instant.now().truncatedTo(ChronoUnit.MILLIS), answers));
	}

	private byte[] frame(OperationsSnapshot snapshot) {
		return ("data:" + this.mapper.writeValueAsString(snapshot) + "\n\n").getBytes(StandardCharsets.UTF_8);
	}

	private WebClient.Builder client() {
		return WebClient.builder()
			.clientConnector(new ReactorClientHttpConnector(HttpClient.create(this.connections)))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(MAX_RESPONSE_BYTES));
	}

	@Override
	public void destroy() {
		this.connections.dispose();
	}

}

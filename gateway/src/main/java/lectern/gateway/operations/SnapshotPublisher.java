package lectern.gateway.operations;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Polls the metrics of all services every second, once for all subscribers and only while
 * there are any.
 */
@Component
class SnapshotPublisher implements DisposableBean {

	private static final Duration SCRAPE_INTERVAL = Duration.ofSeconds(1);

	/** Far more than a service exports; bounds the size of a snapshot. */
	private static final int MAX_RESPONSE_BYTES = 4 << 20;

	private final ConnectionProvider connections = ConnectionProvider.builder("operations")
		.maxConnections(4)
		.maxIdleTime(Duration.ofSeconds(10))
		.build();

	private final ManagementAddresses addresses;

	private final JsonMapper mapper;

	private final Flux<SseFrame> snapshots;

	SnapshotPublisher(ManagementAddresses addresses, JsonMapper mapper) {
		this.addresses = addresses;
		this.mapper = mapper;
		this.snapshots = Flux.defer(this::poll).replay(1).refCount();
	}

	/**
	 * The snapshots as frames.
	 * @return hot; starts with the latest snapshot if the services are being polled
	 * already, and never completes. A frame is released when the next one is emitted, so
	 * subscribers have to retain it first. Subscribers must request without limit, or one
	 * delays the others
	 */
	Flux<SseFrame> snapshots() {
		return this.snapshots;
	}

	private Flux<SseFrame> poll() {
		WebClient.Builder client = client();
		List<ServiceScraper> services = List.of(
				new ServiceScraper("gateway", this.addresses.gateway().managementUrl(), client),
				new ServiceScraper("catalog-service", this.addresses.catalog().managementUrl(), client),
				new ServiceScraper("progress-service", this.addresses.progress().managementUrl(), client));
		return Flux.using(LatestFrame::new,
				(latest) -> Flux.interval(Duration.ZERO, SCRAPE_INTERVAL)
					.onBackpressureDrop()
					.concatMap((_) -> snapshot(services), 0)
					.map((snapshot) -> latest.replace(SseFrame.event(this.mapper.writeValueAsBytes(snapshot)))),
				LatestFrame::close);
	}

	private static Mono<OperationsSnapshot> snapshot(List<ServiceScraper> services) {
		return Flux.fromIterable(services)
			.flatMapSequential(ServiceScraper::scrape, services.size())
			.collectList()
			.map((states) -> new OperationsSnapshot(Instant.now().truncatedTo(ChronoUnit.MILLIS), states));
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

	/**
	 * Owns the latest frame. Polling may be cancelled while a frame is being made, so it
	 * is thread-safe.
	 */
	private static final class LatestFrame {

		private @Nullable SseFrame frame;

		private boolean closed;

		/** Take over a frame and release the one before. */
		synchronized SseFrame replace(SseFrame next) {
			releaseCurrent();
			if (this.closed) {
				next.release();
			}
			else {
				this.frame = next;
			}
			return next;
		}

		/** Release the frame, and those still to come. */
		synchronized void close() {
			this.closed = true;
			releaseCurrent();
		}

		private void releaseCurrent() {
			if (this.frame != null) {
				this.frame.release();
				this.frame = null;
			}
		}

	}

}

package lectern.progress.catalogreplica;

import java.net.URI;
import java.util.function.Supplier;

import io.netty.channel.ChannelOption;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import lectern.web.RotatingAddress;
import lectern.web.ServiceAddresses;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.stereotype.Component;

/** Reads the catalog's event stream over HTTP. */
@Component
class CatalogStreamClient {

	private static final int CONNECT_TIMEOUT_MILLIS = 3_000;

	private final Supplier<URI> catalog;

	private final SseClient client;

	/** Uses connections of its own, without the timeouts and limits of requests. */
	CatalogStreamClient(ServiceAddresses services) {
		this.catalog = new RotatingAddress(services.catalog().url());
		this.client = new SseClient(HttpClient.create(ConnectionProvider.newConnection())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS));
	}

	/**
	 * Every event after a cursor, including control events and heartbeats.
	 * @param cursor an id of this stream, or {@code start}
	 * @return cold; completes when the catalog ends the stream; fails if the catalog
	 * cannot be reached or is silent for too long
	 */
	Flux<SseEvent> after(String cursor) {
		return Flux.defer(() -> this.client.events(this.catalog.get() + "/api/v1/catalog/events", cursor));
	}

}

package lectern.progress.catalogreplica;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import lectern.streaming.sse.SseEvent;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.stereotype.Component;

/** Reads the catalog's event stream over HTTP. */
@Component
class CatalogStreamClient {

	/**
	 * Heartbeats come every 15 s; after three missing ones the connection counts as lost.
	 */
	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(45);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

	private static final int PREFETCH = 4;

	/** A book document may have 1 MiB, and imports may make it larger. */
	private static final int MAX_EVENT_SIZE = 4 * 1024 * 1024;

	private final HttpClient client;

	/**
	 * Use an HTTP client of its own, without the response timeout and the connection
	 * limit that ordinary requests have: a stream stays open.
	 */
	CatalogStreamClient(CatalogServiceProperties properties) {
		this.client = HttpClient.create(ConnectionProvider.newConnection())
			.baseUrl(properties.url().toString())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis());
	}

	/**
	 * Read all events after a cursor, including control events.
	 * @param cursor an id of this stream, or {@code start}
	 * @return cold; completes when the catalog ends the stream; fails when the catalog
	 * cannot be reached or has sent nothing for 45 s
	 */
	Flux<SseEvent> after(String cursor) {
		return Flux.defer(() -> {
			SseEvent.SseDecoder decoder = new SseEvent.SseDecoder(MAX_EVENT_SIZE);
			return this.client.headers((headers) -> setHeaders(headers, cursor))
				.get()
				.uri("/api/v1/catalog/events")
				.response((response, content) -> isOk(response) ? content.map(decoder::decode)
						: Flux.error(new IllegalStateException("the catalog responded with " + response.status())));
		}).flatMapIterable((events) -> events, PREFETCH).timeout(IDLE_TIMEOUT);
	}

	private static void setHeaders(HttpHeaders headers, String cursor) {
		headers.set(HttpHeaderNames.ACCEPT, "text/event-stream").set("Last-Event-ID", cursor);
	}

	private static boolean isOk(HttpClientResponse response) {
		return response.status().code() == 200;
	}

}

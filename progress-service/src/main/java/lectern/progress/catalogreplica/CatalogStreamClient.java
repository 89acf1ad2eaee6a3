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

/** The catalog's event stream over HTTP. */
@Component
class CatalogStreamClient {

	/** Heartbeats come every 15 s: after three that did not, nobody is there. */
	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(45);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

	private static final int PREFETCH = 4;

	/** A book may have 1 MiB, and grow by imports. */
	private static final int MAX_EVENT_SIZE = 4 * 1024 * 1024;

	private final HttpClient client;

	/**
	 * With a client of its own, which nothing times or limits as it does requests: a
	 * stream lasts.
	 */
	CatalogStreamClient(CatalogServiceProperties address) {
		this.client = HttpClient.create(ConnectionProvider.newConnection())
			.baseUrl(address.url().toString())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis());
	}

	/**
	 * Every block after a cursor, of control events too.
	 * @param cursor an id of this stream, or {@code start}
	 * @return cold; ends when the catalog ends it, fails when it cannot be reached and
	 * when it has been silent for too long
	 */
	Flux<SseEvent> after(String cursor) {
		return Flux.defer(() -> {
			SseEvent.SseDecoder reader = new SseEvent.SseDecoder(MAX_EVENT_SIZE);
			return this.client.headers((headers) -> setHeaders(headers, cursor))
				.get()
				.uri("/api/v1/catalog/events")
				.response((answer, content) -> isOk(answer) ? content.map(reader::decode)
						: Flux.error(new IllegalStateException("it answered " + answer.status())));
		}).flatMapIterable((blocks) -> blocks, PREFETCH).timeout(IDLE_TIMEOUT);
	}

	private static void setHeaders(HttpHeaders headers, String cursor) {
		headers.set(HttpHeaderNames.ACCEPT, "text/event-stream").set("Last-Event-ID", cursor);
	}

	private static boolean isOk(HttpClientResponse answer) {
		return answer.status().code() == 200;
	}

}

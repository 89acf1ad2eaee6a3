package lectern.progress.catalog;

import java.time.Duration;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.stereotype.Component;

import lectern.streaming.Block;

/** The catalog's event stream over HTTP. */
@Component
class CatalogStream {

	/** Heartbeats come every 15 s: after three that did not, nobody is there. */
	private static final Duration SILENCE = Duration.ofSeconds(45);

	private static final Duration CONNECT = Duration.ofSeconds(3);

	private static final int CHUNKS_AHEAD = 4;

	/** A book may have 1 MiB, and grow by imports. */
	private static final int LARGEST_BLOCK = 4 * 1024 * 1024;

	private final HttpClient client;

	/**
	 * With a client of its own, which nothing times or limits as it does requests: a
	 * stream lasts.
	 */
	CatalogStream(CatalogAddress address) {
		this.client = HttpClient.create(ConnectionProvider.newConnection())
			.baseUrl(address.url().toString())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis());
	}

	/**
	 * Every block after a cursor, of control events too.
	 * @param cursor an id of this stream, or {@code start}
	 * @return cold; ends when the catalog ends it, fails when it cannot be reached and
	 * when it has been silent for too long
	 */
	Flux<Block> after(String cursor) {
		return Flux.defer(() -> {
			Block.Reader reader = new Block.Reader(LARGEST_BLOCK);
			return this.client.headers((headers) -> describe(headers, cursor))
				.get()
				.uri("/api/v1/catalog/events")
				.response((answer, content) -> isStream(answer) ? content.map(reader::read)
						: Flux.error(new IllegalStateException("it answered " + answer.status())));
		}).flatMapIterable((blocks) -> blocks, CHUNKS_AHEAD).timeout(SILENCE);
	}

	private static void describe(HttpHeaders headers, String cursor) {
		headers.set(HttpHeaderNames.ACCEPT, "text/event-stream").set("Last-Event-ID", cursor);
	}

	private static boolean isStream(HttpClientResponse answer) {
		return answer.status().code() == 200;
	}

}

package lectern.progress.catalog;

import java.time.Duration;
import java.util.Map;

import io.netty.channel.ChannelOption;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.StringDecoder;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.function.client.WebClient;

/** The catalog's event stream over HTTP. */
@Component
class CatalogStream {

	/** Heartbeats come every 15 s: after three that did not, nobody is there. */
	private static final Duration SILENCE = Duration.ofSeconds(45);

	private static final Duration CONNECT = Duration.ofSeconds(3);

	private static final int PREFETCH = 128;

	/** A book may have 1 MiB, and grow by imports. */
	private static final int LARGEST_FRAME = 4 * 1024 * 1024;

	private static final ResolvableType TEXT = ResolvableType.forClass(String.class);

	private final StringDecoder lines = StringDecoder.textPlainOnly();

	private final WebClient client;

	/**
	 * With a client of its own, which nothing times or limits as it does requests: a
	 * stream lasts.
	 */
	CatalogStream(CatalogAddress address) {
		HttpClient http = HttpClient.create(ConnectionProvider.newConnection())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT.toMillis());
		this.client = WebClient.builder()
			.baseUrl(address.url().toString())
			.clientConnector(new ReactorClientHttpConnector(http))
			.build();
		this.lines.setMaxInMemorySize(LARGEST_FRAME);
	}

	/**
	 * Every frame after a cursor, control frames too.
	 * @param cursor an id of this stream, or {@code start}
	 * @return cold; ends when the catalog ends it, fails when it cannot be reached and
	 * when it has been silent for too long
	 */
	Flux<CatalogFrame> after(String cursor) {
		Flux<DataBuffer> bytes = this.client.get()
			.uri("/api/v1/catalog/events")
			.accept(MediaType.TEXT_EVENT_STREAM)
			.header("Last-Event-ID", cursor)
			.retrieve()
			.bodyToFlux(DataBuffer.class);
		return this.lines.decode(bytes, TEXT, MediaType.TEXT_EVENT_STREAM, Map.of())
			.bufferUntil(String::isEmpty)
			.mapNotNull((block) -> CatalogFrame.read(block).orElse(null))
			.limitRate(PREFETCH)
			.timeout(SILENCE);
	}

}

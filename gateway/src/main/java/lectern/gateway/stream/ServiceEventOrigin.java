package lectern.gateway.stream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.log.EventReader;
import lectern.streaming.sse.SseEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** A stream's origin that is the stream of a service. */
final class ServiceEventOrigin implements EventOrigin<UpstreamEvent> {

	/** A document may have 1 MiB, and grow by imports. */
	static final int MAX_EVENT_BYTES = 4 * 1024 * 1024;

	/** Heartbeats come every 15 s: after three that did not, nobody is there. */
	private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(45);

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	private final HttpClient client;

	private final String path;

	private final Set<String> filterMembers;

	private final UpstreamCount upstreamCount;

	/** Of the log that is being followed; empty before the first answer. */
	private volatile String epoch = "";

	/**
	 * @param filtered the members of events that the stream is filtered by
	 */
	ServiceEventOrigin(URI service, String path, Set<String> filtered, UpstreamCount count) {
		this.client = HttpClient.create(ConnectionProvider.newConnection())
			.baseUrl(service.toString())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS);
		this.path = path;
		this.filterMembers = filtered;
		this.upstreamCount = count;
	}

	@Override
	public Mono<Cursor> head() {
		return startCursor("").doOnNext((cursor) -> this.epoch = cursor.epoch());
	}

	@Override
	public Mono<Cursor> cursorAt(Instant instant) {
		return startCursor("?after=" + instant);
	}

	/** The cursor that a new connection would begin after. */
	private Mono<Cursor> startCursor(String query) {
		return events(query, null).flatMapIterable((blocks) -> blocks)
			.mapNotNull((block) -> cursor(block).orElse(null))
			.next()
			.switchIfEmpty(Mono.error(ServiceEventOrigin::streamEnded))
			.timeout(RESPONSE_TIMEOUT);
	}

	@Override
	public Flux<List<EventEnvelope<UpstreamEvent>>> after(Cursor cursor) {
		return events("", cursor.toString()).map((blocks) -> envelopes(blocks, cursor))
			.filter((page) -> !page.isEmpty())
			.concatWith(Mono.error(ServiceEventOrigin::streamEnded))
			.doOnSubscribe((_) -> this.upstreamCount.opened())
			.doFinally((_) -> this.upstreamCount.closed());
	}

	private List<EventEnvelope<UpstreamEvent>> envelopes(List<SseEvent> blocks, Cursor asked) {
		if (blocks.stream().anyMatch((block) -> "reset".equals(block.event()) || hasForeignEpoch(block, asked))) {
			throw new LogReplacedException();
		}
		return blocks.stream().flatMap((block) -> UpstreamEvent.parse(block, this.filterMembers).stream()).toList();
	}

	private static boolean hasForeignEpoch(SseEvent block, Cursor asked) {
		return cursor(block).filter((cursor) -> !cursor.epoch().equals(asked.epoch())).isPresent();
	}

	private static IllegalStateException streamEnded() {
		return new IllegalStateException("The service ended the stream");
	}

	/**
	 * What is older than the ring. An end before all of it has come is a failure: who
	 * reads it takes what does not come for what is not there.
	 * @param query narrows the stream to what is wanted; with its question mark, or empty
	 */
	EventReader<UpstreamEvent> historyReader(String query) {
		return (after, upTo, limit) -> events(query, new Cursor(this.epoch, after).toString())
			.flatMapIterable((blocks) -> blocks)
			.concatWith(Mono.error(ServiceEventOrigin::streamEnded))
			.takeUntil((block) -> cursor(block).filter((cursor) -> cursor.position() >= upTo).isPresent())
			.mapNotNull((block) -> UpstreamEvent.parse(block, this.filterMembers).orElse(null))
			.filter((entry) -> entry.position() <= upTo)
			.take(limit);
	}

	private static Optional<Cursor> cursor(SseEvent block) {
		return Optional.ofNullable(block.id()).flatMap(Cursor::parse);
	}

	/** What the service sends, in whole blocks, as it comes. */
	private Flux<List<SseEvent>> events(String query, @Nullable String lastId) {
		return Flux.defer(() -> {
			SseEvent.SseDecoder reader = new SseEvent.SseDecoder(MAX_EVENT_BYTES);
			return this.client.headers((headers) -> {
				headers.set(HttpHeaderNames.ACCEPT, "text/event-stream");
				if (lastId != null) {
					headers.set("Last-Event-ID", lastId);
				}
			})
				.get()
				.uri(this.path + query)
				.response((answer, content) -> isStream(answer) ? content.map(reader::decode)
						: Flux.error(new IllegalStateException("The service answered " + answer.status())));
		}).timeout(IDLE_TIMEOUT);
	}

	private static boolean isStream(HttpClientResponse answer) {
		return answer.status().code() == 200;
	}

}

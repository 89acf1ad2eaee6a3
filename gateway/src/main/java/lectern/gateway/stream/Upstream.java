package lectern.gateway.stream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import lectern.streaming.Block;
import lectern.streaming.Cursor;
import lectern.streaming.Entry;
import lectern.streaming.EventSource;
import lectern.streaming.Origin;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;

/** A stream's origin that is the stream of a service. */
final class Upstream implements Origin<UpstreamEvent> {

	/** A document may have 1 MiB, and grow by imports. */
	static final int LARGEST_BLOCK = 4 * 1024 * 1024;

	/** Heartbeats come every 15 s: after three that did not, nobody is there. */
	private static final Duration SILENCE = Duration.ofSeconds(45);

	private static final Duration ANSWER = Duration.ofSeconds(5);

	private static final int CONNECT_MILLIS = 1_000;

	private final HttpClient client;

	private final String path;

	private final Set<String> filtered;

	private final UpstreamCount count;

	/** Of the log that is being followed; empty before the first answer. */
	private volatile String epoch = "";

	/**
	 * @param filtered the members of events that the stream is filtered by
	 */
	Upstream(URI service, String path, Set<String> filtered, UpstreamCount count) {
		this.client = HttpClient.create(ConnectionProvider.newConnection())
			.baseUrl(service.toString())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS);
		this.path = path;
		this.filtered = filtered;
		this.count = count;
	}

	@Override
	public Mono<Cursor> head() {
		return opening("").doOnNext((cursor) -> this.epoch = cursor.epoch());
	}

	@Override
	public Mono<Cursor> at(Instant instant) {
		return opening("?after=" + instant);
	}

	/** The cursor that a new connection would begin after. */
	private Mono<Cursor> opening(String query) {
		return blocks(query, null).flatMapIterable((blocks) -> blocks)
			.mapNotNull((block) -> cursor(block).orElse(null))
			.next()
			.switchIfEmpty(Mono.error(Upstream::ended))
			.timeout(ANSWER);
	}

	@Override
	public Flux<List<Entry<UpstreamEvent>>> after(Cursor cursor) {
		return blocks("", cursor.toString()).map((blocks) -> entries(blocks, cursor))
			.filter((page) -> !page.isEmpty())
			.concatWith(Mono.error(Upstream::ended))
			.doOnSubscribe((_) -> this.count.opened())
			.doFinally((_) -> this.count.closed());
	}

	private List<Entry<UpstreamEvent>> entries(List<Block> blocks, Cursor asked) {
		if (blocks.stream().anyMatch((block) -> "reset".equals(block.event()) || isForeign(block, asked))) {
			throw new LogReplaced();
		}
		return blocks.stream().flatMap((block) -> UpstreamEvent.read(block, this.filtered).stream()).toList();
	}

	private static boolean isForeign(Block block, Cursor asked) {
		return cursor(block).filter((cursor) -> !cursor.epoch().equals(asked.epoch())).isPresent();
	}

	private static IllegalStateException ended() {
		return new IllegalStateException("The service ended the stream");
	}

	/**
	 * What is older than the ring. An end before all of it has come is a failure: who
	 * reads it takes what does not come for what is not there.
	 * @param query narrows the stream to what is wanted; with its question mark, or empty
	 */
	EventSource<UpstreamEvent> past(String query) {
		return (after, upTo, limit) -> blocks(query, new Cursor(this.epoch, after).toString())
			.flatMapIterable((blocks) -> blocks)
			.concatWith(Mono.error(Upstream::ended))
			.takeUntil((block) -> cursor(block).filter((cursor) -> cursor.position() >= upTo).isPresent())
			.mapNotNull((block) -> UpstreamEvent.read(block, this.filtered).orElse(null))
			.filter((entry) -> entry.position() <= upTo)
			.take(limit);
	}

	private static Optional<Cursor> cursor(Block block) {
		return Optional.ofNullable(block.id()).flatMap(Cursor::parse);
	}

	/** What the service sends, in whole blocks, as it comes. */
	private Flux<List<Block>> blocks(String query, @Nullable String lastId) {
		return Flux.defer(() -> {
			Block.Reader reader = new Block.Reader(LARGEST_BLOCK);
			return this.client.headers((headers) -> {
				headers.set(HttpHeaderNames.ACCEPT, "text/event-stream");
				if (lastId != null) {
					headers.set("Last-Event-ID", lastId);
				}
			})
				.get()
				.uri(this.path + query)
				.response((answer, content) -> isStream(answer) ? content.map(reader::read)
						: Flux.error(new IllegalStateException("The service answered " + answer.status())));
		}).timeout(SILENCE);
	}

	private static boolean isStream(HttpClientResponse answer) {
		return answer.status().code() == 200;
	}

}

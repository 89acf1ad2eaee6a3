package lectern.gateway.stream;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import io.netty.channel.ChannelOption;
import lectern.gateway.upstream.ServiceAddress;
import lectern.gateway.upstream.UpstreamService;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.log.EventReader;
import lectern.streaming.sse.SseClient;
import lectern.streaming.sse.SseEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** The origin of a stream that is the stream of a service. */
final class ServiceEventOrigin implements EventOrigin<UpstreamEvent> {

	private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(5);

	private static final Duration REPLACEMENT_CHECK = Duration.ofSeconds(1);

	private static final int CONNECT_TIMEOUT_MILLIS = 1_000;

	private final UpstreamService service;

	private final SseClient client;

	private final String path;

	private final Set<String> filterMembers;

	private final UpstreamCount upstreamCount;

	/** The epoch of the log that is followed; empty before the first response. */
	private volatile String epoch = "";

	/**
	 * @param filterMembers the members of events by which the stream can be filtered
	 */
	ServiceEventOrigin(UpstreamService service, String path, Set<String> filterMembers, UpstreamCount upstreamCount) {
		this.client = new SseClient(HttpClient.create(ConnectionProvider.newConnection())
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS));
		this.service = service;
		this.path = path;
		this.filterMembers = filterMembers;
		this.upstreamCount = upstreamCount;
	}

	@Override
	public Mono<Cursor> head() {
		return startCursor(null).doOnNext((cursor) -> this.epoch = cursor.epoch());
	}

	@Override
	public Mono<Cursor> cursorAt(Instant instant) {
		return startCursor(instant.toString());
	}

	/**
	 * The cursor after which a new connection would start.
	 * @param lastEventId where it would ask to start. It is sent like the id of a client
	 * that resumes: if the service's clock is behind, an instant may be in its future
	 */
	private Mono<Cursor> startCursor(@Nullable String lastEventId) {
		return stream((address) -> this.client.events(address + this.path, lastEventId))
			.mapNotNull((event) -> cursor(event).orElse(null))
			.next()
			.switchIfEmpty(Mono.error(ServiceEventOrigin::streamEnded))
			.timeout(RESPONSE_TIMEOUT);
	}

	@Override
	public Flux<List<EventEnvelope<UpstreamEvent>>> after(Cursor cursor) {
		return stream((address) -> this.client.batches(address + this.path, cursor.toString()))
			.map((events) -> envelopes(events, cursor))
			.concatWith(Mono.error(ServiceEventOrigin::streamEnded))
			.doOnSubscribe((_) -> this.upstreamCount.opened())
			.doFinally((_) -> this.upstreamCount.closed());
	}

	private List<EventEnvelope<UpstreamEvent>> envelopes(List<SseEvent> events, Cursor requested) {
		if (events.stream().anyMatch((event) -> "reset".equals(event.event()) || hasForeignEpoch(event, requested))) {
			throw new LogReplacedException();
		}
		return events.stream().flatMap((event) -> UpstreamEvent.parse(event, this.filterMembers).stream()).toList();
	}

	private static boolean hasForeignEpoch(SseEvent event, Cursor requested) {
		return cursor(event).filter((cursor) -> !cursor.epoch().equals(requested.epoch())).isPresent();
	}

	private static IllegalStateException streamEnded() {
		return new IllegalStateException("The service ended the stream");
	}

	/**
	 * Reads events that are no longer in the ring. If the service ends its stream before
	 * the end of the range, reading fails: a shorter result would mean that there are no
	 * more events.
	 * @param query selects the events; starts with a question mark, or is empty
	 */
	EventReader<UpstreamEvent> historyReader(String query) {
		return (after, upTo,
				limit) -> stream((address) -> this.client.events(address + this.path + query,
						new Cursor(this.epoch, after).toString()))
					.concatWith(Mono.error(ServiceEventOrigin::streamEnded))
					.takeUntil((event) -> cursor(event).filter((cursor) -> cursor.position() >= upTo).isPresent())
					.mapNotNull((event) -> UpstreamEvent.parse(event, this.filterMembers).orElse(null))
					.filter((envelope) -> envelope.position() <= upTo)
					.take(limit);
	}

	/** Each connection may be to another address, and continues from the cursor. */
	private <T> Flux<T> stream(Function<URI, Flux<T>> opener) {
		return Flux.defer(() -> {
			ServiceAddress address = this.service.addressOfStream();
			return opener.apply(address.uri())
				.doOnError(address::onConnectionFailure)
				.takeUntilOther(Flux.interval(REPLACEMENT_CHECK).filter((_) -> this.service.isReplaceable(address)));
		});
	}

	private static Optional<Cursor> cursor(SseEvent event) {
		return Optional.ofNullable(event.id()).flatMap(Cursor::parse);
	}

}

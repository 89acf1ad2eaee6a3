package lectern.streaming.live;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.server.SseServer;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Resolves where a connection starts. A request may ask for a cursor, an instant or
 * {@code start}; without any of these the connection starts at the present.
 */
final class StartPositionResolver {

	private final EventOrigin<?> origin;

	private final LiveStreamContext<?> stream;

	StartPositionResolver(EventOrigin<?> origin, LiveStreamContext<?> stream) {
		this.origin = origin;
		this.stream = stream;
	}

	/**
	 * Resolve the start of a request's connection.
	 * @param current the latest cursor of the ring, possibly behind the log's
	 * @return cold; fails if the origin has to be asked and cannot be
	 */
	Mono<StartPosition> resolve(ServerHttpRequest request, Cursor current) {
		String requested = SseServer.requestedStart(request);
		if (requested == null) {
			return Mono.just(new StartPosition(current, null));
		}
		if (requested.equals("start")) {
			return Mono.just(new StartPosition(current.at(0), null));
		}
		Optional<Instant> instant = parseInstant(requested);
		if (instant.isPresent()) {
			return instant.get().isAfter(Instant.now()) ? Mono.just(reset(current, SseFrame.Reset.FUTURE_CURSOR))
					: this.origin.cursorAt(instant.get()).map((cursor) -> new StartPosition(cursor, null));
		}
		Optional<Cursor> cursor = Cursor.parse(requested);
		if (cursor.isEmpty()) {
			return Mono.just(reset(current, SseFrame.Reset.UNREADABLE_CURSOR));
		}
		if (!cursor.get().epoch().equals(current.epoch())) {
			return Mono.just(reset(current, SseFrame.Reset.FOREIGN_EPOCH));
		}
		if (cursor.get().position() <= current.position()) {
			return Mono.just(new StartPosition(cursor.get(), null));
		}
		// The cursor of a write may be ahead of the ring, but never ahead of the log.
		return this.origin.head()
			.map((head) -> (cursor.get().position() <= head.position()) ? new StartPosition(cursor.get(), null)
					: reset(current, SseFrame.Reset.FUTURE_CURSOR));
	}

	private static Optional<Instant> parseInstant(String text) {
		try {
			return Optional.of(Instant.parse(text));
		}
		catch (DateTimeException _) {
			return Optional.empty();
		}
	}

	private StartPosition reset(Cursor current, String reason) {
		return new StartPosition(current, this.stream.reset(reason));
	}

	/**
	 * The start of a connection.
	 *
	 * @param cursor the cursor after which it starts
	 * @param reset why it does not start where the client asked; null if it does
	 */
	record StartPosition(Cursor cursor, SseFrame.@Nullable Reset reset) {
	}

}

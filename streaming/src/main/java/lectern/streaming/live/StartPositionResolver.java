package lectern.streaming.live;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a connection begins: at its last id, else at {@code ?after=}, else now. Both may
 * be a cursor, an instant or {@code start}.
 */
final class StartPositionResolver {

	static final String FOREIGN_EPOCH = "foreign-epoch";

	static final String FUTURE_CURSOR = "future-cursor";

	static final String UNREADABLE_CURSOR = "unreadable-cursor";

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private final EventOrigin<?> origin;

	private final String statePath;

	/**
	 * @param present the path where the present state is read when a cursor is of no use
	 */
	StartPositionResolver(EventOrigin<?> origin, String present) {
		this.origin = origin;
		this.statePath = present;
	}

	/** What a request asks for; null if it asks for nothing. */
	static @Nullable String requestedStart(ServerHttpRequest request) {
		String lastId = request.getHeaders().getFirst(LAST_EVENT_ID);
		String asked = (lastId != null && !lastId.isEmpty()) ? lastId : request.getQueryParams().getFirst("after");
		return (asked == null || asked.isEmpty()) ? null : asked;
	}

	/**
	 * Decide where to begin.
	 * @param now the latest cursor that the ring holds; the log may be further
	 * @return cold; fails while the log cannot be asked, if it must be
	 */
	Mono<StartPosition> resolve(ServerHttpRequest request, Cursor now) {
		String asked = requestedStart(request);
		if (asked == null) {
			return Mono.just(new StartPosition(now, null));
		}
		if (asked.equals("start")) {
			return Mono.just(new StartPosition(now.at(0), null));
		}
		Optional<Instant> instant = instant(asked);
		if (instant.isPresent()) {
			return instant.get().isAfter(Instant.now()) ? Mono.just(reset(now, FUTURE_CURSOR))
					: this.origin.cursorAt(instant.get()).map((cursor) -> new StartPosition(cursor, null));
		}
		Optional<Cursor> cursor = Cursor.parse(asked);
		if (cursor.isEmpty()) {
			return Mono.just(reset(now, UNREADABLE_CURSOR));
		}
		if (!cursor.get().epoch().equals(now.epoch())) {
			return Mono.just(reset(now, FOREIGN_EPOCH));
		}
		if (cursor.get().position() <= now.position()) {
			return Mono.just(new StartPosition(cursor.get(), null));
		}
		// A write just answered may be ahead of the ring; nothing is ahead of the log.
		return this.origin.head()
			.map((latest) -> (cursor.get().position() <= latest.position()) ? new StartPosition(cursor.get(), null)
					: reset(now, FUTURE_CURSOR));
	}

	private static Optional<Instant> instant(String text) {
		try {
			return Optional.of(Instant.parse(text));
		}
		catch (DateTimeException _) {
			return Optional.empty();
		}
	}

	private StartPosition reset(Cursor now, String reason) {
		return new StartPosition(now, resetFor(reason));
	}

	SseFrame.Reset resetFor(String reason) {
		return new SseFrame.Reset(reason, this.statePath);
	}

	/**
	 * A beginning.
	 *
	 * @param cursor the connection gets what comes after it
	 * @param reset why it is not where the client asked to begin; null when it is
	 */
	record StartPosition(Cursor cursor, SseFrame.@Nullable Reset reset) {
	}

}

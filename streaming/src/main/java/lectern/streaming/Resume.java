package lectern.streaming;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Where a connection begins: at its last id, else at {@code ?after=}, else now. Both may
 * be a cursor, an instant or {@code start}.
 */
final class Resume {

	static final String FOREIGN_EPOCH = "foreign-epoch";

	static final String FUTURE = "future-cursor";

	static final String UNREADABLE = "unreadable-cursor";

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private final Origin<?> origin;

	private final String present;

	/**
	 * @param present the path where the present state is read when a cursor is of no use
	 */
	Resume(Origin<?> origin, String present) {
		this.origin = origin;
		this.present = present;
	}

	/** What a request asks for; null if it asks for nothing. */
	static @Nullable String asked(ServerHttpRequest request) {
		String lastId = request.getHeaders().getFirst(LAST_EVENT_ID);
		String asked = (lastId != null && !lastId.isEmpty()) ? lastId : request.getQueryParams().getFirst("after");
		return (asked == null || asked.isEmpty()) ? null : asked;
	}

	/**
	 * Decide where to begin.
	 * @param now the latest cursor that the ring holds; the log may be further
	 * @return cold; fails while the log cannot be asked, if it must be
	 */
	Mono<Start> start(ServerHttpRequest request, Cursor now) {
		String asked = asked(request);
		if (asked == null) {
			return Mono.just(new Start(now, null));
		}
		if (asked.equals("start")) {
			return Mono.just(new Start(now.at(0), null));
		}
		Optional<Instant> instant = instant(asked);
		if (instant.isPresent()) {
			return instant.get().isAfter(Instant.now()) ? Mono.just(reset(now, FUTURE))
					: this.origin.at(instant.get()).map((cursor) -> new Start(cursor, null));
		}
		Optional<Cursor> cursor = Cursor.parse(asked);
		if (cursor.isEmpty()) {
			return Mono.just(reset(now, UNREADABLE));
		}
		if (!cursor.get().epoch().equals(now.epoch())) {
			return Mono.just(reset(now, FOREIGN_EPOCH));
		}
		if (cursor.get().position() <= now.position()) {
			return Mono.just(new Start(cursor.get(), null));
		}
		// A write just answered may be ahead of the ring; nothing is ahead of the log.
		return this.origin.head()
			.map((latest) -> (cursor.get().position() <= latest.position()) ? new Start(cursor.get(), null)
					: reset(now, FUTURE));
	}

	private static Optional<Instant> instant(String text) {
		try {
			return Optional.of(Instant.parse(text));
		}
		catch (DateTimeException _) {
			return Optional.empty();
		}
	}

	private Start reset(Cursor now, String reason) {
		return new Start(now, because(reason));
	}

	Frame.Reset because(String reason) {
		return new Frame.Reset(reason, this.present);
	}

	/**
	 * A beginning.
	 *
	 * @param cursor the connection gets what comes after it
	 * @param reset why it is not where the client asked to begin; null when it is
	 */
	record Start(Cursor cursor, Frame.@Nullable Reset reset) {
	}

}

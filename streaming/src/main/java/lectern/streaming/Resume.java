package lectern.streaming;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;

/** Where a connection begins: at its last id, else at {@code ?after=}, else now. */
final class Resume {

	private static final String LAST_EVENT_ID = "Last-Event-ID";

	private final PostgresLogHead head;

	private final String present;

	/**
	 * @param present the path where the present state is read when a cursor is of no use
	 */
	Resume(PostgresLogHead head, String present) {
		this.head = head;
		this.present = present;
	}

	/**
	 * Decide where to begin.
	 * @param now the latest cursor that the ring holds; the log may be further
	 */
	Mono<Start> start(ServerHttpRequest request, Cursor now) {
		String lastId = request.getHeaders().getFirst(LAST_EVENT_ID);
		String asked = (lastId != null && !lastId.isEmpty()) ? lastId : request.getQueryParams().getFirst("after");
		if (asked == null || asked.isEmpty()) {
			return Mono.just(new Start(now, null));
		}
		if (asked.equals("start")) {
			return Mono.just(new Start(now.at(0), null));
		}
		Optional<Cursor> cursor = Cursor.parse(asked);
		if (cursor.isEmpty()) {
			return Mono.just(reset(now, "unreadable-cursor"));
		}
		if (!cursor.get().epoch().equals(now.epoch())) {
			return Mono.just(reset(now, "foreign-epoch"));
		}
		if (cursor.get().position() <= now.position()) {
			return Mono.just(new Start(cursor.get(), null));
		}
		// A write just answered may be ahead of the ring; nothing is ahead of the log.
		return this.head.cursor()
			.map((latest) -> (cursor.get().position() <= latest.position()) ? new Start(cursor.get(), null)
					: reset(now, "future-cursor"));
	}

	private Start reset(Cursor now, String reason) {
		return new Start(now, new Frame.Reset(reason, this.present));
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

package lectern.streaming.live;

import java.time.Instant;

import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventOrigin;
import lectern.streaming.server.RequestedStart;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

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
	 * Resolve the start of a connection.
	 * @param tail the followed log, possibly behind the log itself
	 * @return cold; fails if the origin has to be asked and cannot be, and with a problem
	 * if the start is in the future and may be rejected
	 */
	Mono<StartPosition> resolve(RequestedStart requested, LiveTail<?> tail) {
		Cursor current = tail.lastCursor();
		if (requested.text() == null) {
			return Mono.just(new StartPosition(current, null));
		}
		if (requested.isBeginning()) {
			return Mono.just(new StartPosition(current.at(0), null));
		}
		if (requested.isInFuture()) {
			return future(requested, current);
		}
		return requested.instant()
			.map((instant) -> at(instant, tail))
			.orElseGet(() -> requested.cursor()
				.map((cursor) -> after(cursor, requested, current))
				.orElseGet(() -> Mono.just(reset(current, SseFrame.Reset.UNREADABLE_CURSOR))));
	}

	/**
	 * The position of an instant. The ring usually covers the recent past; otherwise
	 * thousands of clients that waited for a service would ask it all at once.
	 */
	private Mono<StartPosition> at(Instant instant, LiveTail<?> tail) {
		long position = tail.ring().positionAt(instant);
		Mono<Cursor> cursor = (position != FrameRingBuffer.OVERRUN) ? Mono.just(tail.cursor(position))
				: this.origin.cursorAt(instant);
		return cursor.map((start) -> new StartPosition(start, null));
	}

	private Mono<StartPosition> after(Cursor cursor, RequestedStart requested, Cursor current) {
		if (!cursor.epoch().equals(current.epoch())) {
			return Mono.just(reset(current, SseFrame.Reset.FOREIGN_EPOCH));
		}
		if (cursor.position() <= current.position()) {
			return Mono.just(new StartPosition(cursor, null));
		}
		// The cursor of a write may be ahead of the ring, but never ahead of the log.
		return this.origin.head()
			.flatMap((head) -> (cursor.position() <= head.position()) ? Mono.just(new StartPosition(cursor, null))
					: future(requested, current));
	}

	private Mono<StartPosition> future(RequestedStart requested, Cursor current) {
		return requested.mayBeRejected() ? Mono.error(RequestedStart.inFuture())
				: Mono.just(reset(current, SseFrame.Reset.FUTURE_CURSOR));
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

	/**
	 * The start of a connection that opens before its position is known.
	 *
	 * @param id from which the client can resume meanwhile; null if there is none
	 * @param position cold; retried until the origin can be read
	 */
	record PendingStart(@Nullable String id, Mono<StartPosition> position) {
	}

}

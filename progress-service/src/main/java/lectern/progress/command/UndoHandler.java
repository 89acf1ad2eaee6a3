package lectern.progress.command;

import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.PointInTime.AtCursor;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamClaimedException;
import lectern.progress.model.ReadingCommand.ReturnReading;
import lectern.progress.model.ReadingCommand.UndoRestore;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Undoes removals and restores. An undo is the cursor before the event that it undoes.
 */
@Component
class UndoHandler {

	private final ReadingCommandHandler commandHandler;

	private final EventLog log;

	UndoHandler(ReadingCommandHandler commandHandler, EventLog log) {
		this.commandHandler = commandHandler;
		this.log = log;
	}

	/** Handle an undo, as {@link ReadingCommandHandler#handle} does. */
	Mono<ReadingCommandResult> handle(String reader, UndoRequest request,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return this.log.cursor()
			.flatMap((latest) -> Mono.justOrEmpty(request.before(latest)))
			.flatMap((before) -> eventAfter(before).filter((event) -> event.reader().equals(reader))
				.flatMap((event) -> undo(event, before, request, idempotencyRecord)))
			.switchIfEmpty(Mono.error(UndoRequest::notGiven));
	}

	private Mono<StoredEvent> eventAfter(Cursor cursor) {
		return this.log.readAll()
			.read(cursor.position(), cursor.position() + 1, 1)
			.map(EventEnvelope::event)
			.singleOrEmpty();
	}

	/** Empty if the event is none that can be undone. */
	private Mono<ReadingCommandResult> undo(StoredEvent event, Cursor before, UndoRequest request,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return switch (event.payload()) {
			case ReadingRemoved removed -> this.commandHandler
				.handle(UUID.fromString(event.stream()),
						(receivedAt, _) -> new ReturnReading(event.reader(), removed.occurredAt(), request.clock(),
								receivedAt),
						idempotencyRecord)
				.onErrorMap(StreamClaimedException.class, ReadingRejections::cannotReturn);
			case PositionRestored restored ->
				StoredReading.load(this.log, UUID.fromString(event.stream()))
					.map((stored) -> stored.at(new AtCursor(before)))
					.flatMap(
							(target) -> this.commandHandler.handle(UUID.fromString(event.stream()),
									ReadingPrecondition.NONE, (receivedAt) -> new UndoRestore(event.reader(), restored,
											before.toString(), target, request.clock(), receivedAt),
									idempotencyRecord));
			default -> Mono.empty();
		};
	}

}

package lectern.progress.command;

import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.PointInTime.AtCursor;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamClaimedException;
import lectern.progress.model.DeviceClock;
import lectern.progress.model.ReadingCommand.RemoveReading;
import lectern.progress.model.ReadingCommand.ReturnReading;
import lectern.progress.model.ReadingCommand.UndoRestore;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.representation.ReadingId;
import lectern.streaming.log.Cursor;
import lectern.streaming.log.EventEnvelope;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Removes readings that were begun by mistake, and undoes removals and restores. An undo
 * is the cursor before the event that it undoes.
 */
@RestController
class RemovalController {

	private final ReadingCommandHandler commandHandler;

	private final EventLog log;

	private final IdempotentExecutor idempotentExecutor;

	RemovalController(ReadingCommandHandler commandHandler, EventLog log, IdempotentExecutor idempotentExecutor) {
		this.commandHandler = commandHandler;
		this.log = log;
		this.idempotentExecutor = idempotentExecutor;
	}

	@DeleteMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<UndoableResponse>> remove(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
		return this.commandHandler
			.handle(ReadingId.parse(reading), ReadingPrecondition.ofRemoval(ifMatch),
					(receivedAt) -> new RemoveReading(reader, DeviceClock.UNKNOWN, receivedAt))
			.map((result) -> result.response().body(UndoableResponse.of(result)));
	}

	@PostMapping(path = "/api/v1/readers/{reader}/undo", consumes = MediaType.APPLICATION_JSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<String>> undo(@PathVariable String reader, ServerHttpRequest request,
			@Valid @RequestBody Mono<UndoRequest> body) {
		return body.flatMap((undo) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, undo),
				(idempotencyRecord) -> undo(reader, undo, idempotencyRecord), this.commandHandler::result,
				(result) -> result.response().body(UndoableResponse.of(result))));
	}

	private Mono<CommandResult> undo(String reader, UndoRequest request,
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
	private Mono<CommandResult> undo(StoredEvent event, Cursor before, UndoRequest request,
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

package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import jakarta.validation.Valid;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.EventTimeReplay;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.representation.ReadingId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Restores the position that a reading had at an earlier time. */
@RestController
@RequestMapping(path = ReadingController.PATH + "/{reading}", produces = MediaType.APPLICATION_JSON_VALUE)
class RestoreController {

	private final ReadingCommandHandler commandHandler;

	private final EventLog log;

	private final RestoreInstants instants;

	private final Clock clock;

	private final IdempotentExecutor idempotentExecutor;

	RestoreController(ReadingCommandHandler commandHandler, EventLog log, RestoreInstants instants, Clock clock,
			IdempotentExecutor idempotentExecutor) {
		this.commandHandler = commandHandler;
		this.log = log;
		this.instants = instants;
		this.clock = clock;
		this.idempotentExecutor = idempotentExecutor;
	}

	@PostMapping(path = "/restore", consumes = MediaType.APPLICATION_JSON_VALUE)
	Mono<ResponseEntity<String>> restore(@PathVariable String reader, @PathVariable String reading,
			@RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
			ServerHttpRequest request, @Valid @RequestBody Mono<RestoreRequest> body) {
		UUID id = ReadingId.parse(reading);
		return body.flatMap((restore) -> this.idempotentExecutor.execute(IdempotentRequest.of(request, reader, restore),
				(idempotencyRecord) -> restore(reader, id, ifMatch, restore, idempotencyRecord),
				this.commandHandler::result, (result) -> result.response().body(RestoreResponse.of(result))));
	}

	private Mono<CommandResult> restore(String reader, UUID reading, @Nullable String ifMatch, RestoreRequest restore,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return this.log.cursor()
			.map((latest) -> restore.pointInTime(latest, this.clock.instant()))
			.flatMap((time) -> restore.byOccurrence()
					? this.instants.resolve(time).flatMap((instant) -> readingAt(reading, instant))
					: readingAt(reading, time))
			.flatMap((target) -> this.commandHandler.handle(reading, ReadingPrecondition.ofIfMatch(ifMatch),
					(receivedAt) -> restore.toCommand(reader, receivedAt, (_) -> target), idempotencyRecord));
	}

	/** The past does not change, so it is not loaded again after a version conflict. */
	private Mono<Reading> readingAt(UUID reading, PointInTime time) {
		return this.log.load(reading.toString())
			.filter(time::includes)
			.map(StoredEvent::payload)
			.ofType(ReadingEvent.class)
			.reduce(Reading.NOT_STARTED, ReadingDecider::evolve);
	}

	/** Where the reader was at an instant, whenever it was reported. */
	private Mono<Reading> readingAt(UUID reading, Instant instant) {
		return this.log.load(reading.toString())
			.map(StoredEvent::payload)
			.ofType(ReadingEvent.class)
			.collectList()
			.map((events) -> EventTimeReplay.readingAt(events, instant));
	}

}

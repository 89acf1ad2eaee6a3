package lectern.progress.command;

import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.EventTimeReplay;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Handles restores: finds the earlier state of the reading, and restores its position.
 */
@Component
class RestoreHandler {

	private final ReadingCommandHandler commandHandler;

	private final EventLog log;

	private final RestoreInstants instants;

	private final Clock clock;

	RestoreHandler(ReadingCommandHandler commandHandler, EventLog log, RestoreInstants instants, Clock clock) {
		this.commandHandler = commandHandler;
		this.log = log;
		this.instants = instants;
		this.clock = clock;
	}

	/** Handle a restore, as {@link ReadingCommandHandler#handle} does. */
	Mono<CommandResult> handle(String reader, UUID reading, ReadingPrecondition precondition, RestoreRequest restore,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return this.log.cursor()
			.map((latest) -> restore.pointInTime(latest, this.clock.instant()))
			.flatMap((time) -> restore.byOccurrence()
					? this.instants.resolve(time).flatMap((instant) -> readingAt(reading, instant))
					: readingAt(reading, time))
			.flatMap((target) -> this.commandHandler.handle(reading, precondition,
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

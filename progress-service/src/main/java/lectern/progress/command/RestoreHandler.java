package lectern.progress.command;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.model.Reading;
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

	private final StreamAliases aliases;

	private final RestoreInstantResolver instants;

	private final Clock clock;

	RestoreHandler(ReadingCommandHandler commandHandler, EventLog log, StreamAliases aliases,
			RestoreInstantResolver instants, Clock clock) {
		this.commandHandler = commandHandler;
		this.log = log;
		this.aliases = aliases;
		this.instants = instants;
		this.clock = clock;
	}

	/** Handle a restore, as {@link ReadingCommandHandler#handle} does. */
	Mono<ReadingCommandResult> handle(String reader, UUID reading, ReadingPrecondition precondition,
			RestoreRequest restore, @Nullable IdempotencyRecord idempotencyRecord) {
		return this.log.cursor()
			.map((latest) -> restore.pointInTime(latest, this.clock.instant()))
			.flatMap((time) -> this.aliases.search(reading, (stream) -> StoredReading.load(this.log, stream))
				.defaultIfEmpty(new StoredReading(reading, List.of()))
				.flatMap((stored) -> target(restore, time, stored)
					.flatMap((target) -> this.commandHandler.handle(stored.id(), precondition,
							(receivedAt) -> restore.toCommand(reader, receivedAt, (_) -> target), idempotencyRecord))));
	}

	/** The past does not change, so it is not loaded again after a version conflict. */
	private Mono<Reading> target(RestoreRequest restore, PointInTime time, StoredReading stored) {
		return restore.byOccurrence() ? this.instants.resolve(time).map(stored::byOccurrenceAt)
				: Mono.just(stored.at(time));
	}

}

package lectern.progress.command;

import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;

import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.eventlog.StreamClaimedException;
import lectern.progress.model.Reading.Closed;
import lectern.progress.model.ReadingCommand.ContinueReading;
import lectern.progress.model.ReadingCommand.StartReading;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Starts readings. While a reading of the book is open, that one answers the start, and
 * the id that the client chose for its start becomes an alias of it (ADR 26).
 */
@Component
class StartOrContinueHandler {

	/** The open reading may be closed between two attempts, and another one be opened. */
	private static final int MAX_ATTEMPTS = 20;

	private final ReadingCommandHandler commandHandler;

	private final StreamAliases aliases;

	StartOrContinueHandler(ReadingCommandHandler commandHandler, StreamAliases aliases) {
		this.commandHandler = commandHandler;
		this.aliases = aliases;
	}

	/**
	 * Start a reading, or continue the open one.
	 * @param id the id of the new reading
	 * @param chosenByClient whether the client knows this id
	 * @param factory creates the command, given the current time
	 * @param idempotencyRecord how to remember the command; null not to remember it
	 * @return cold; the result for the reading that answers, which is not changed unless
	 * it is new; fails as {@link ReadingCommandHandler#handle}
	 */
	Mono<ReadingCommandResult> start(UUID id, boolean chosenByClient, Function<Instant, StartReading> factory,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return attempt(new Start(id, chosenByClient, factory, idempotencyRecord), 1);
	}

	private Mono<ReadingCommandResult> attempt(Start start, int number) {
		return continueByAlias(start).switchIfEmpty(Mono.defer(() -> startOrContinue(start)))
			.onErrorResume(StartOrContinueHandler::isOutdated, (_) -> (number < MAX_ATTEMPTS)
					? attempt(start, number + 1) : Mono.error(KeyedSerialExecutor.overloaded()));
	}

	/** What an attempt was based on was changed by a concurrent command. */
	private static boolean isOutdated(Throwable failure) {
		return failure instanceof StreamClaimedException || failure instanceof ReadingClosedException;
	}

	/** A start that is repeated with its id is answered by the same reading as before. */
	private Mono<ReadingCommandResult> continueByAlias(Start start) {
		return start.chosenByClient()
				? this.aliases.find(start.id())
					.flatMap((reading) -> this.commandHandler.handle(reading,
							(receivedAt, _) -> start.toContinuation(receivedAt, null), start.idempotencyRecord()))
				: Mono.empty();
	}

	private Mono<ReadingCommandResult> startOrContinue(Start start) {
		return this.commandHandler
			.handle(start.id(), (receivedAt, _) -> start.factory().apply(receivedAt), start.idempotencyRecord())
			.onErrorResume(StreamClaimedException.class,
					(claimed) -> continueOpen(start, UUID.fromString(claimed.holder())));
	}

	private Mono<ReadingCommandResult> continueOpen(Start start, UUID reading) {
		String alias = (start.chosenByClient() && !reading.equals(start.id())) ? start.id().toString() : null;
		return this.commandHandler.handle(reading, (receivedAt, state) -> {
			if (state.reading() instanceof Closed) {
				throw new ReadingClosedException();
			}
			return start.toContinuation(receivedAt, alias);
		}, start.idempotencyRecord());
	}

	/** Signals that the reading that was open is not open any more. */
	private static final class ReadingClosedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		ReadingClosedException() {
			super("The reading was closed", null, false, false);
		}

	}

	/** What stays the same for all attempts. */
	private record Start(UUID id, boolean chosenByClient, Function<Instant, StartReading> factory,
			@Nullable IdempotencyRecord idempotencyRecord) {

		ContinueReading toContinuation(Instant receivedAt, @Nullable String alias) {
			StartReading start = this.factory.apply(receivedAt);
			return new ContinueReading(start.reader(), start.bookId(), alias, start.clock(), receivedAt);
		}

	}

}

package lectern.progress.command;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

import lectern.progress.command.ReadingCommandRequest.ReadingAtTime;
import lectern.progress.eventlog.AppendQueueFullException;
import lectern.progress.eventlog.AppendedCommand;
import lectern.progress.eventlog.DuplicateCommandException;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.ReaderErasedException;
import lectern.progress.eventlog.StreamAliases;
import lectern.progress.eventlog.VersionConflictException;
import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.InvalidCommand;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Rejection;
import lectern.progress.model.UpdateModes;
import lectern.streaming.log.Cursor;
import lectern.web.EntityTag;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Handles independent commands on one reading with one append: each command is decided on
 * the state that those before it lead to. The rules of {@link CommandHandler} about stale
 * cached states hold here, too.
 */
@Component
class ReadingCommandListHandler {

	private static final int MAX_ATTEMPTS = 20;

	private static final int MIN_DELAY_MILLIS = 5;

	private static final int MAX_DELAY_MILLIS = 400;

	private final EventLog log;

	private final StreamAliases aliases;

	private final ReadingStateCache stateCache;

	private final KeyedSerialExecutor executor;

	private final UpdateModes updateModes;

	private final Clock clock;

	ReadingCommandListHandler(EventLog log, StreamAliases aliases, ReadingStateCache stateCache,
			KeyedSerialExecutor executor, UpdateModes updateModes, Clock clock) {
		this.updateModes = updateModes;
		this.log = log;
		this.aliases = aliases;
		this.stateCache = stateCache;
		this.executor = executor;
		this.clock = clock;
	}

	/**
	 * Handle commands on one reading, in order.
	 * @param reading the id of the reading, or an alias of it
	 * @param lines independent commands with different keys; at least one
	 * @return cold; fails if the commands cannot be stored at present, and then it is
	 * unknown which of them are
	 */
	Mono<ListOutcome> handle(String reader, UUID reading, List<CommandLine> lines) {
		UUID known = this.aliases.cached(reading);
		return handle(new Handling(reader, (known != null) ? known : reading, lines));
	}

	private Mono<ListOutcome> handle(Handling handling) {
		return this.executor.runExclusively(handling.reading().toString(), attempt(handling, 1));
	}

	private Mono<ListOutcome> attempt(Handling handling, int number) {
		return Mono.defer(() -> decideAndAppend(handling)).onErrorResume((failure) -> {
			this.stateCache.invalidate(handling.reading());
			return isTemporary(failure) && number < MAX_ATTEMPTS
					? Mono.delay(delayAfter(number))
						.then(withoutStored(handling, failure))
						.flatMap((remaining) -> attempt(remaining, number + 1))
					: Mono.error((failure instanceof ReaderErasedException) ? CommandHandler.readerErased() : failure);
		});
	}

	private static boolean isTemporary(Throwable failure) {
		return failure instanceof VersionConflictException || failure instanceof DuplicateCommandException
				|| failure instanceof AppendQueueFullException;
	}

	private static Duration delayAfter(int attempt) {
		int limit = Math.min(MAX_DELAY_MILLIS, MIN_DELAY_MILLIS << Math.min(attempt, 8));
		return Duration.ofMillis(ThreadLocalRandom.current().nextInt(MIN_DELAY_MILLIS, limit + 1));
	}

	/** Another request with some of these commands may have stored them meanwhile. */
	private Mono<Handling> withoutStored(Handling handling, Throwable failure) {
		return (failure instanceof DuplicateCommandException)
				? StoredLines.of(this.log, handling.reader(), handling.lines()).map(handling::without)
				: Mono.just(handling);
	}

	private Mono<ListOutcome> decideAndAppend(Handling handling) {
		ReadingState cached = this.stateCache.cached(handling.reading());
		Decided decided = (cached != null) ? decide(handling, cached) : null;
		return (decided != null && decided.isVerifiedByAppend()) ? append(handling, decided)
				: this.stateCache.load(handling.reading())
					.flatMap((loaded) -> (loaded.version() == 0) ? handleByAlias(handling, loaded)
							: append(handling, decide(handling, loaded)));
	}

	/** There is no such reading, but the id may be an alias of one. */
	private Mono<ListOutcome> handleByAlias(Handling handling, ReadingState unknown) {
		return this.aliases.find(handling.reading())
			.flatMap((stream) -> handle(handling.of(stream)))
			.switchIfEmpty(Mono.defer(() -> append(handling, decide(handling, unknown))));
	}

	private Mono<ListOutcome> append(Handling handling, Decided decided) {
		List<RefusedCommand> refused = new ArrayList<>(handling.refused());
		refused.addAll(decided.refused());
		if (decided.commands().isEmpty()) {
			return Mono.just(new ListOutcome(refused, null));
		}
		ReadingState before = decided.before();
		return this.log.appendAll(handling.reading().toString(), before.version(), decided.events(), decided.commands())
			.map((appended) -> {
				if (appended.events().isEmpty()) {
					return new ListOutcome(refused, null);
				}
				ReadingCommandResult result = ReadingCommandResult.of(before, appended);
				this.stateCache.put(handling.reading(), result.after());
				return new ListOutcome(refused, result.cursor());
			});
	}

	private Decided decide(Handling handling, ReadingState before) {
		Decided decided = new Decided(before, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		Instant receivedAt = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		Reading reading = before.reading();
		for (CommandLine line : handling.lines()) {
			try {
				List<ReadingEvent> events = decide(handling.reader(), line, decided, reading, receivedAt);
				for (ReadingEvent event : events) {
					reading = ReadingDecider.evolve(reading, event);
				}
				decided.events().addAll(ReadingCommandDomain.newEvents(handling.reader(), before, events));
				decided.commands()
					.add(new AppendedCommand(line.toRecord(handling.reader()), decided.events().size(), events.size()));
			}
			catch (Problem problem) {
				decided.refused().add(new RefusedCommand(line.number(), line.key().value(), problem));
			}
		}
		return decided;
	}

	private List<ReadingEvent> decide(String reader, CommandLine line, Decided decided, Reading reading,
			Instant receivedAt) {
		ReadingCommandRequest request = (ReadingCommandRequest) line.request();
		ReadingCommand command = this.updateModes.applyTo(request.toCommand(reader, receivedAt, ReadingAtTime.NONE));
		return switch (ReadingDecider.decide(command, reading)) {
			case Rejection rejection -> throw ReadingRejections.toProblem(rejection);
			case InvalidCommand invalid -> throw InvalidCommands.toProblem(invalid);
			case Accepted accepted -> {
				if (line.ifMatch() != null) {
					new EntityTag(decided.version()).requireMatch(line.ifMatch());
				}
				yield accepted.events();
			}
		};
	}

	/**
	 * The outcome of commands that were handled together.
	 *
	 * @param refused the refused ones; the others are stored
	 * @param cursor the cursor of the last new event; null if there is none
	 */
	record ListOutcome(List<RefusedCommand> refused, @Nullable Cursor cursor) {
	}

	/**
	 * What stays the same for all attempts, apart from commands that turn out to be
	 * stored.
	 */
	private record Handling(String reader, UUID reading, List<CommandLine> lines, List<RefusedCommand> refused) {

		Handling(String reader, UUID reading, List<CommandLine> lines) {
			this(reader, reading, lines, List.of());
		}

		Handling of(UUID stream) {
			return new Handling(this.reader, stream, this.lines, this.refused);
		}

		Handling without(StoredLines stored) {
			List<RefusedCommand> all = new ArrayList<>(this.refused);
			all.addAll(stored.refused());
			return new Handling(this.reader, this.reading, stored.remaining(), all);
		}

	}

	/**
	 * The decisions on all commands.
	 *
	 * @param before the state before the first one
	 */
	private record Decided(ReadingState before, List<NewEvent> events, List<AppendedCommand> commands,
			List<RefusedCommand> refused) {

		/** The version of the reading after the commands so far. */
		int version() {
			return this.before.version() + this.events.size();
		}

		/**
		 * Whether the log would notice that the state is stale: it does not see a
		 * refusal, nor that commands change nothing.
		 */
		boolean isVerifiedByAppend() {
			return !this.events.isEmpty() && this.refused.isEmpty()
					&& this.commands.stream().allMatch((command) -> command.eventCount() > 0);
		}

	}

}

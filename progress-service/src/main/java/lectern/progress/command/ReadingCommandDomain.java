package lectern.progress.command;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.CommandReference;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StreamClaim;
import lectern.progress.eventlog.StreamClaim.Alias;
import lectern.progress.eventlog.StreamClaim.Opening;
import lectern.progress.eventlog.StreamSlice;
import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.InvalidCommand;
import lectern.progress.model.Reading;
import lectern.progress.model.Reading.Closed;
import lectern.progress.model.Reading.NotStarted;
import lectern.progress.model.Reading.Removed;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.ContinueReading;
import lectern.progress.model.ReadingCommand.OpenReading;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.model.Rejection;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Readings as the generic command handler needs to know them. */
final class ReadingCommandDomain implements CommandDomain<UUID, ReadingState, ReadingCommand, ReadingCommandResult> {

	private final EventLog log;

	private final ReadingStateCache stateCache;

	ReadingCommandDomain(EventLog log, ReadingStateCache stateCache) {
		this.log = log;
		this.stateCache = stateCache;
	}

	@Override
	public @Nullable ReadingState cached(UUID stream) {
		return this.stateCache.cached(stream);
	}

	@Override
	public Mono<ReadingState> load(UUID stream) {
		return this.stateCache.load(stream);
	}

	@Override
	public int version(ReadingState state) {
		return state.version();
	}

	@Override
	public List<NewEvent> decide(ReadingCommand command, ReadingState state) {
		return switch (ReadingDecider.decide(command, state.reading())) {
			case Rejection rejection -> throw ReadingRejections.toProblem(rejection);
			case InvalidCommand invalid -> throw InvalidCommands.toProblem(invalid);
			case Accepted accepted -> newEvents(command.reader(), state, accepted.events());
		};
	}

	@Override
	public @Nullable StreamClaim claim(ReadingCommand command, ReadingState before, List<NewEvent> events) {
		return switch (command) {
			case ContinueReading next -> aliasClaim(next.reader(), next.alias());
			case OpenReading opening when opens(before.reading(), events) ->
				new Opening(opening.reader(), Objects.requireNonNull(events.getFirst().book()), !opening.again());
			default -> null;
		};
	}

	private static @Nullable Alias aliasClaim(String reader, @Nullable String alias) {
		return (alias != null) ? new Alias(reader, alias) : null;
	}

	/** A reading that is returned is only open if it was open before. */
	private static boolean opens(Reading before, List<NewEvent> events) {
		return !events.isEmpty() && !(before instanceof Removed removed && removed.before() instanceof Closed);
	}

	static List<NewEvent> newEvents(String reader, ReadingState before, List<ReadingEvent> events) {
		return events.stream()
			.map((event) -> new NewEvent(reader, book(before, event), event.occurredAt(), event))
			.toList();
	}

	private static String book(ReadingState before, ReadingEvent event) {
		return switch (before.reading()) {
			case Started started -> started.open().book().id();
			case NotStarted _ when event instanceof ReadingStarted start -> start.book().id();
			case NotStarted _ -> throw new IllegalStateException("The first event of a reading must be its start");
		};
	}

	@Override
	public ReadingCommandResult result(ReadingState before, AppendResult appended) {
		return ReadingCommandResult.of(before, appended);
	}

	@Override
	public Mono<ReadingCommandResult> unchanged(ReadingState state) {
		return this.log.cursor().map((now) -> ReadingCommandResult.of(state, new AppendResult(now, List.of())));
	}

	/**
	 * The result of an earlier command, from the events up to its last one. It is the
	 * same as it was then: what came later does not change it.
	 */
	Mono<ReadingCommandResult> result(CommandReference reference) {
		ReadingState none = ReadingState.NOT_STARTED;
		int versionBefore = reference.version() - reference.eventCount();
		return this.log
			.load(new StreamSlice(reference.stream(), 0, reference.version() + 1, reference.cursor().position()))
			.reduce(new ReadingCommandResult(reference.cursor(), none, none), (result, event) -> {
				ReadingState after = result.after().after(event);
				return new ReadingCommandResult(reference.cursor(),
						(event.version() <= versionBefore) ? after : result.before(), after);
			});
	}

	@Override
	public void appended(UUID stream, ReadingCommandResult result) {
		this.stateCache.put(stream, result.after());
	}

	@Override
	public void invalidate(UUID stream) {
		this.stateCache.invalidate(stream);
	}

}

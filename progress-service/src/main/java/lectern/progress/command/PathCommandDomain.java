package lectern.progress.command;

import java.util.List;

import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.model.PathCommand;
import lectern.progress.model.PathDecider;
import lectern.progress.model.PathDecision.Accepted;
import lectern.progress.model.PathRejection;
import lectern.progress.pathprogress.PathState;
import lectern.progress.pathprogress.PathStates;
import lectern.progress.pathprogress.PathStreamId;
import reactor.core.publisher.Mono;

/** Paths as the generic command handler needs to know them. They are not cached. */
final class PathCommandDomain implements CommandDomain<PathStreamId, LoadedPath, PathCommand, PathCommandResult> {

	private final EventLog log;

	private final PathStates pathStates;

	PathCommandDomain(EventLog log, PathStates pathStates) {
		this.log = log;
		this.pathStates = pathStates;
	}

	@Override
	public Mono<LoadedPath> load(PathStreamId stream) {
		// The cursor is read first, so that the state is at least as new as the cursor.
		return this.log.cursor()
			.flatMap((cursor) -> this.pathStates.current(stream).map((state) -> new LoadedPath(cursor, state)));
	}

	@Override
	public int version(LoadedPath loaded) {
		return loaded.version();
	}

	@Override
	public List<NewEvent> decide(PathCommand command, LoadedPath loaded) {
		return switch (PathDecider.decide(command, loaded.state().progress())) {
			case PathRejection rejection -> throw PathRejections.toProblem(rejection);
			case Accepted accepted -> accepted.events()
				.stream()
				.map((event) -> new NewEvent(command.reader(), null, event.occurredAt(), event))
				.toList();
		};
	}

	@Override
	public PathCommandResult result(LoadedPath before, AppendResult appended) {
		PathState state = before.state();
		return appended.events().isEmpty() ? new PathCommandResult(before.cursor(), state, false)
				: new PathCommandResult(appended.cursor(), state.withEvents(appended.events()), true);
	}

	@Override
	public Mono<PathCommandResult> unchanged(LoadedPath loaded) {
		return Mono.just(new PathCommandResult(loaded.cursor(), loaded.state(), false));
	}

}

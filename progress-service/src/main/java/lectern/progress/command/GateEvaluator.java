package lectern.progress.command;

import lectern.progress.model.PathCommand.EvaluateGates;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.readerimport.ReaderImportLocks;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Issues the command that passes the gates whose conditions are fulfilled. */
@Component
class GateEvaluator {

	private final PathCommandHandler commandHandler;

	private final ReaderImportLocks imports;

	GateEvaluator(PathCommandHandler commandHandler, ReaderImportLocks imports) {
		this.commandHandler = commandHandler;
		this.imports = imports;
	}

	/**
	 * Evaluate the gates of a reader's path. A second evaluation changes nothing. Those
	 * of a reader who is being imported are evaluated at the end of the import.
	 * @return cold
	 */
	Mono<Void> evaluate(PathStreamId stream) {
		return this.imports.isHeld(stream.reader())
			.filter((held) -> !held)
			.flatMap((_) -> this.commandHandler.handle(stream, (_) -> {
			}, (receivedAt, state) -> new EvaluateGates(stream.reader(), state.path(), state.finishedBooks(),
					receivedAt)))
			.then();
	}

}

package lectern.progress.command;

import lectern.progress.model.PathCommand.EvaluateGates;
import lectern.progress.pathprogress.PathStreamId;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Issues the command that passes the gates whose conditions are fulfilled. */
@Component
class GateEvaluator {

	private final PathCommandHandler commandHandler;

	GateEvaluator(PathCommandHandler commandHandler) {
		this.commandHandler = commandHandler;
	}

	/**
	 * Evaluate the gates of a reader's path. A second evaluation changes nothing.
	 * @return cold
	 */
	Mono<Void> evaluate(PathStreamId stream) {
		return this.commandHandler.handle(stream, (_) -> {
		}, (receivedAt, state) -> new EvaluateGates(stream.reader(), state.path(), state.finishedBooks(), receivedAt))
			.then();
	}

}

package lectern.progress.command;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

/**
 * Lets the commands of one reading take turns in this process, so that many at once do
 * not decide again and again. Between processes the versions of the log stay the guard.
 */
@Component
class Turns {

	/** More would wait for seconds. */
	static final int WAITING = 1000;

	/** Who waits, for each stream of which somebody has the turn. */
	private final Map<String, Queue<Sinks.Empty<Void>>> lines = new HashMap<>();

	/**
	 * Do some work when its turn comes.
	 * @return cold; what the work gives; fails with {@link Crowded} if too many wait. To
	 * cancel it passes the turn on
	 */
	<T> Mono<T> take(String stream, Mono<T> work) {
		return Mono.defer(() -> {
			Sinks.Empty<Void> turn = Sinks.empty();
			boolean free = enter(stream, turn);
			// On another thread, lest a thousand turns stand on one stack.
			Mono<Void> come = free ? Mono.empty() : turn.asMono().publishOn(Schedulers.parallel());
			return come.then(work).doFinally((_) -> leave(stream, turn));
		});
	}

	/** Whether nobody else has the turn. */
	private synchronized boolean enter(String stream, Sinks.Empty<Void> turn) {
		Queue<Sinks.Empty<Void>> line = this.lines.get(stream);
		if (line == null) {
			this.lines.put(stream, new ArrayDeque<>(0));
			return true;
		}
		if (line.size() == WAITING) {
			throw new Crowded();
		}
		line.add(turn);
		return false;
	}

	private void leave(String stream, Sinks.Empty<Void> turn) {
		Sinks.Empty<Void> next = next(stream, turn);
		if (next != null) {
			next.tryEmitEmpty();
		}
	}

	/** Nobody, if it was only a place in the line that was left. */
	private synchronized Sinks.@Nullable Empty<Void> next(String stream, Sinks.Empty<Void> leaving) {
		Queue<Sinks.Empty<Void>> line = this.lines.get(stream);
		if (line == null || line.remove(leaving)) {
			return null;
		}
		if (line.isEmpty()) {
			this.lines.remove(stream);
		}
		return line.poll();
	}

	/** Too many wait for a turn. */
	static final class Crowded extends RuntimeException {

		private static final long serialVersionUID = 1L;

		Crowded() {
			super("Too many commands wait for one reading", null, false, false);
		}

	}

}

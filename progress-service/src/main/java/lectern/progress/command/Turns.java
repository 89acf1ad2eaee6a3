package lectern.progress.command;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

import lectern.web.Problem;
import lectern.web.ProblemType;

/**
 * Lets the commands of one reading, or under one key, take turns in this process, so that
 * many at once do not decide again and again. Between processes the versions of the log
 * stay the guard.
 */
@Component
class Turns {

	/** More would wait for seconds. */
	static final int WAITING = 1000;

	/** Who waits, for each name under which somebody has the turn. */
	private final Map<String, Queue<Sinks.Empty<Void>>> lines = new HashMap<>();

	/**
	 * Do some work when its turn comes.
	 * @return cold; what the work gives; fails with a {@link Problem} if too many wait.
	 * To cancel it passes the turn on
	 */
	<T> Mono<T> take(String name, Mono<T> work) {
		return take(name, work, work);
	}

	/**
	 * Do some work when its turn comes, other work if it had to wait for it.
	 * @return as above
	 */
	<T> Mono<T> take(String name, Mono<T> atOnce, Mono<T> later) {
		return Mono.defer(() -> {
			Sinks.Empty<Void> turn = Sinks.empty();
			boolean free = enter(name, turn);
			// On another thread, lest a thousand turns stand on one stack.
			Mono<T> work = free ? atOnce : turn.asMono().publishOn(Schedulers.parallel()).then(later);
			return work.doFinally((_) -> leave(name, turn));
		});
	}

	/** Whether nobody else has the turn. */
	private synchronized boolean enter(String name, Sinks.Empty<Void> turn) {
		Queue<Sinks.Empty<Void>> line = this.lines.get(name);
		if (line == null) {
			this.lines.put(name, new ArrayDeque<>(0));
			return true;
		}
		if (line.size() == WAITING) {
			throw crowded();
		}
		line.add(turn);
		return false;
	}

	private void leave(String name, Sinks.Empty<Void> turn) {
		Sinks.Empty<Void> next = next(name, turn);
		if (next != null) {
			next.tryEmitEmpty();
		}
	}

	/** Nobody, if it was only a place in the line that was left. */
	private synchronized Sinks.@Nullable Empty<Void> next(String name, Sinks.Empty<Void> leaving) {
		Queue<Sinks.Empty<Void>> line = this.lines.get(name);
		if (line == null || line.remove(leaving)) {
			return null;
		}
		if (line.isEmpty()) {
			this.lines.remove(name);
		}
		return line.poll();
	}

	/** Too many wait for a turn. */
	static Problem crowded() {
		return Problem.of(ProblemType.UNAVAILABLE, "Too much is asked for one reading or key at once.")
			.withHeader(HttpHeaders.RETRY_AFTER, "1");
	}

}

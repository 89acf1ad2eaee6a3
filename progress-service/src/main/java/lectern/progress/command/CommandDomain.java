package lectern.progress.command;

import java.util.List;

import lectern.progress.eventlog.AppendResult;
import lectern.progress.eventlog.NewEvent;
import lectern.progress.eventlog.StreamClaim;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What a {@link CommandHandler} needs to know about one kind of stream.
 *
 * @param <K> the ids of the streams; their string form is the name of the stream
 * @param <S> the state on which commands are decided
 * @param <C> the commands
 * @param <R> the result of a command
 */
interface CommandDomain<K, S, C, R> {

	/** The cached state of a stream, possibly stale; null if there is none. */
	default @Nullable S cached(K stream) {
		return null;
	}

	/** The present state of a stream; cold, never empty. */
	Mono<S> load(K stream);

	/** The version of the stream in a state. */
	int version(S state);

	/**
	 * Decide a command.
	 * @return the new events; empty if the command changes nothing
	 * @throws Problem if a rule rejects the command
	 */
	List<NewEvent> decide(C command, S state);

	/**
	 * What a command claims besides the next versions of its stream; null for nothing.
	 * @param events the new events of the command
	 */
	default @Nullable StreamClaim claim(C command, S state, List<NewEvent> events) {
		return null;
	}

	/**
	 * The result of a command whose events are stored.
	 * @param before the state on which the command was decided
	 */
	R result(S before, AppendResult appended);

	/** The result of a command that changed and stored nothing; cold. */
	Mono<R> unchanged(S state);

	/** Told after each append; the result contains the newest state of the stream. */
	default void appended(K stream, R result) {
	}

	/** Told when a cached state of the stream may be stale. */
	default void invalidate(K stream) {
	}

}

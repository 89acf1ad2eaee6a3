package lectern.progress.command;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

import lectern.progress.log.EventLog;

/**
 * Readings as this process last saw them, so that a report need not read all that came
 * before it. What is remembered may be old, since other nodes write too: only what the
 * log then accepts at that version may be decided on it.
 */
@Component
class ReadingStates {

	/**
	 * In remembered events, of which a state holds some: about 20 MB, a thousand readings
	 * that have gone on for long.
	 */
	private static final int ROOM = 100_000;

	/** Of one state, however long the reading has gone on. */
	private static final int EVENTS = 128;

	private final EventLog log;

	private final Cache<String, ReadingState> remembered = Caffeine.newBuilder()
		.maximumWeight(ROOM)
		.weigher((String _, ReadingState state) -> Math.min(state.version(), EVENTS))
		.build();

	ReadingStates(EventLog log) {
		this.log = log;
	}

	/** As it was seen last, if that is remembered. */
	Optional<ReadingState> remembered(String stream) {
		return Optional.ofNullable(this.remembered.getIfPresent(stream));
	}

	/** As the log has it; cold. */
	Mono<ReadingState> load(String stream) {
		return Mono.defer(() -> this.log.load(stream).reduce(ReadingState.NONE, ReadingState::after));
	}

	/** Remember a reading as it has just become. */
	void remember(String stream, ReadingState state) {
		this.remembered.put(stream, state);
	}

	/** Forget what turned out to be old, or may have. */
	void forget(String stream) {
		this.remembered.invalidate(stream);
	}

}

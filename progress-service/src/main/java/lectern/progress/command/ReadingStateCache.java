package lectern.progress.command;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.progress.eventlog.EventLog;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Readings as this process last saw them, so that a report need not read all that came
 * before it. What is remembered may be old, since other nodes write too: only what the
 * log then accepts at that version may be decided on it.
 */
@Component
class ReadingStateCache {

	/**
	 * In remembered events, of which a state holds some: about 20 MB, a thousand readings
	 * that have gone on for long.
	 */
	private static final int MAX_WEIGHT = 100_000;

	/** Of one state, however long the reading has gone on. */
	private static final int MAX_STATE_WEIGHT = 128;

	private final EventLog log;

	private final Cache<String, ReadingState> cached = Caffeine.newBuilder()
		.maximumWeight(MAX_WEIGHT)
		.weigher((String _, ReadingState state) -> Math.min(state.version(), MAX_STATE_WEIGHT))
		.build();

	ReadingStateCache(EventLog log) {
		this.log = log;
	}

	/** As it was seen last, if that is remembered. */
	Optional<ReadingState> cached(String stream) {
		return Optional.ofNullable(this.cached.getIfPresent(stream));
	}

	/** As the log has it; cold. */
	Mono<ReadingState> load(String stream) {
		return Mono.defer(() -> this.log.load(stream).reduce(ReadingState.NOT_STARTED, ReadingState::after));
	}

	/** Remember a reading as it has just become. */
	void put(String stream, ReadingState state) {
		this.cached.put(stream, state);
	}

	/** Forget what turned out to be old, or may have. */
	void invalidate(String stream) {
		this.cached.invalidate(stream);
	}

}

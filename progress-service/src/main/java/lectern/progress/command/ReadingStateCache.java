package lectern.progress.command;

import java.util.Optional;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.progress.eventlog.EventLog;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Caches the states of readings, so that a report does not load all events of its
 * reading. A cached state can be stale, since other nodes write too: it may only be used
 * for a decision that the log then accepts at the version of the state.
 */
@Component
class ReadingStateCache {

	/**
	 * The sum of the events that the cached states hold: about 20 MB, or a thousand long
	 * readings.
	 */
	private static final int MAX_WEIGHT = 100_000;

	/** The maximum weight of one state, however long its reading is. */
	private static final int MAX_STATE_WEIGHT = 128;

	private final EventLog log;

	private final Cache<String, ReadingState> cached = Caffeine.newBuilder()
		.maximumWeight(MAX_WEIGHT)
		.weigher((String _, ReadingState state) -> Math.min(state.version(), MAX_STATE_WEIGHT))
		.build();

	ReadingStateCache(EventLog log) {
		this.log = log;
	}

	/** The cached state, possibly stale; empty if there is none. */
	Optional<ReadingState> cached(String stream) {
		return Optional.ofNullable(this.cached.getIfPresent(stream));
	}

	/** The state loaded from the log; cold. */
	Mono<ReadingState> load(String stream) {
		return Mono.defer(() -> this.log.load(stream).reduce(ReadingState.NOT_STARTED, ReadingState::after));
	}

	/** Cache the newest state of a reading. */
	void put(String stream, ReadingState state) {
		this.cached.put(stream, state);
	}

	/** Remove a state that is or may be stale. */
	void invalidate(String stream) {
		this.cached.invalidate(stream);
	}

}

package lectern.progress.command;

import java.util.UUID;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.ReaderErased;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
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

	/** Replaced to forget all, because to clear a cache may wait for a lock. */
	private volatile Cache<UUID, ReadingState> cached = emptyCache();

	ReadingStateCache(EventLog log) {
		this.log = log;
	}

	private static Cache<UUID, ReadingState> emptyCache() {
		return Caffeine.newBuilder()
			.maximumWeight(MAX_WEIGHT)
			.weigher((UUID _, ReadingState state) -> Math.min(state.version(), MAX_STATE_WEIGHT))
			.build();
	}

	/** The cached state, possibly stale; null if there is none. */
	@Nullable ReadingState cached(UUID reading) {
		return this.cached.getIfPresent(reading);
	}

	/** The state loaded from the log; cold. */
	Mono<ReadingState> load(UUID reading) {
		return Mono
			.defer(() -> this.log.load(reading.toString()).reduce(ReadingState.NOT_STARTED, ReadingState::after));
	}

	/** Cache the newest state of a reading. */
	void put(UUID reading, ReadingState state) {
		this.cached.put(reading, state);
	}

	@EventListener
	void onErasure(ReaderErased event) {
		this.cached = emptyCache();
	}

	/** Remove a state that is or may be stale. */
	void invalidate(UUID reading) {
		this.cached.invalidate(reading);
	}

}

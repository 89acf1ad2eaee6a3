package lectern.progress.eventlog;

import java.util.UUID;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Resolves the further ids of streams. An alias never changes, so it is read once; nearly
 * all ids are no aliases, so a stream is looked for under its own id first.
 */
@Component
public final class StreamAliases {

	private static final int MAX_CACHED = 10_000;

	private final EventLog log;

	/** Replaced to forget all, because to clear a cache may wait for a lock. */
	private volatile Cache<UUID, UUID> cached = emptyCache();

	public StreamAliases(EventLog log) {
		this.log = log;
	}

	private static Cache<UUID, UUID> emptyCache() {
		return Caffeine.newBuilder().maximumSize(MAX_CACHED).build();
	}

	/** The stream with an alias, if it is known without a query; otherwise null. */
	public @Nullable UUID cached(UUID alias) {
		return this.cached.getIfPresent(alias);
	}

	/** The stream with an alias; cold; empty if there is none. */
	public Mono<UUID> find(UUID alias) {
		return Mono.defer(() -> {
			UUID known = cached(alias);
			return (known != null) ? Mono.just(known)
					: this.log.findByAlias(alias.toString())
						.map(UUID::fromString)
						.doOnNext((stream) -> this.cached.put(alias, stream));
		});
	}

	@EventListener
	void onErasure(ReaderErased event) {
		this.cached = emptyCache();
	}

	/**
	 * Find something by the id of a stream, or else by the stream whose alias the id is.
	 * @param search returns a cold publisher, which is empty if there is no such stream
	 * @return cold; empty if neither is found
	 */
	public <T> Mono<T> search(UUID id, Function<UUID, Mono<T>> search) {
		UUID known = cached(id);
		return (known != null) ? search.apply(known)
				: search.apply(id).switchIfEmpty(Mono.defer(() -> find(id).flatMap(search)));
	}

}

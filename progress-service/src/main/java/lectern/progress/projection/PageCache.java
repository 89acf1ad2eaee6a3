package lectern.progress.projection;

import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import reactor.core.publisher.Flux;

/**
 * Caches full pages of the log for a short time. Projections that are rebuilt together
 * read the same pages one after another, and reading a page takes longer than applying
 * it. A page that is not full is not cached, since it still grows.
 */
final class PageCache implements EventReader<StoredEvent> {

	/** About 8 MB of events. */
	private static final int MAX_PAGES = 8;

	/** Short, since erasing a reader changes events; otherwise events never change. */
	private static final Duration TIME_TO_LIVE = Duration.ofSeconds(5);

	private final EventReader<StoredEvent> log;

	private final Cache<PageKey, List<EventEnvelope<StoredEvent>>> pages = Caffeine.newBuilder()
		.maximumSize(MAX_PAGES)
		.expireAfterWrite(TIME_TO_LIVE)
		.build();

	PageCache(EventReader<StoredEvent> log) {
		this.log = log;
	}

	@Override
	public Flux<EventEnvelope<StoredEvent>> read(long after, long upTo, int limit) {
		return Flux.defer(() -> {
			PageKey range = new PageKey(after, upTo, limit);
			List<EventEnvelope<StoredEvent>> cached = this.pages.getIfPresent(range);
			return (cached != null) ? Flux.fromIterable(cached) : read(range);
		});
	}

	private Flux<EventEnvelope<StoredEvent>> read(PageKey range) {
		return this.log.read(range.after(), range.upTo(), range.limit()).collectList().doOnNext((page) -> {
			if (page.size() == range.limit()) {
				this.pages.put(range, page);
			}
		}).flatMapIterable((page) -> page);
	}

	private record PageKey(long after, long upTo, int limit) {
	}

}

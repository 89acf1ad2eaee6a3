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
 * Keeps whole pages of the log for a moment: views that are built anew together read the
 * same ones, one after the other, and to read a page takes longer than to take it in. A
 * page that is not full yet is not kept, since it grows.
 */
final class PageCache implements EventReader<StoredEvent> {

	/** Some 8 MB of events. */
	private static final int MAX_PAGES = 8;

	/** Events never change but when their reader is erased: then not for longer. */
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
			List<EventEnvelope<StoredEvent>> kept = this.pages.getIfPresent(range);
			return (kept != null) ? Flux.fromIterable(kept) : read(range);
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

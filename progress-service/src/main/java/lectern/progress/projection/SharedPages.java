package lectern.progress.projection;

import java.time.Duration;
import java.util.List;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import reactor.core.publisher.Flux;

import lectern.progress.log.StoredEvent;
import lectern.streaming.Entry;
import lectern.streaming.EventSource;

/**
 * Keeps whole pages of the log for a moment: views that are built anew together read the
 * same ones, one after the other, and to read a page takes longer than to take it in. A
 * page that is not full yet is not kept, since it grows.
 */
final class SharedPages implements EventSource<StoredEvent> {

	/** Some 8 MB of events. */
	private static final int PAGES = 8;

	/** Events never change but when their reader is erased: then not for longer. */
	private static final Duration MOMENT = Duration.ofSeconds(5);

	private final EventSource<StoredEvent> log;

	private final Cache<Range, List<Entry<StoredEvent>>> pages = Caffeine.newBuilder()
		.maximumSize(PAGES)
		.expireAfterWrite(MOMENT)
		.build();

	SharedPages(EventSource<StoredEvent> log) {
		this.log = log;
	}

	@Override
	public Flux<Entry<StoredEvent>> read(long after, long upTo, int limit) {
		return Flux.defer(() -> {
			Range range = new Range(after, upTo, limit);
			List<Entry<StoredEvent>> kept = this.pages.getIfPresent(range);
			return (kept != null) ? Flux.fromIterable(kept) : read(range);
		});
	}

	private Flux<Entry<StoredEvent>> read(Range range) {
		return this.log.read(range.after(), range.upTo(), range.limit()).collectList().doOnNext((page) -> {
			if (page.size() == range.limit()) {
				this.pages.put(range, page);
			}
		}).flatMapIterable((page) -> page);
	}

	private record Range(long after, long upTo, int limit) {
	}

}

package lectern.progress.projection;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;

import lectern.progress.eventlog.StoredEvent;
import lectern.streaming.log.EventEnvelope;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

class PageCacheTests {

	private final AtomicInteger reads = new AtomicInteger();

	private long last = 10;

	private final PageCache pages = new PageCache((after, upTo, limit) -> Flux.defer(() -> {
		this.reads.incrementAndGet();
		return Flux.fromStream(LongStream.rangeClosed(after + 1, Math.min(upTo, this.last))
			.limit(limit)
			.mapToObj(PageCacheTests::envelope));
	}));

	@Test
	void fullPageIsReadOnce() {
		assertThat(read(0)).containsExactly(1L, 2L, 3L, 4L);
		assertThat(read(0)).containsExactly(1L, 2L, 3L, 4L);
		assertThat(this.reads).hasValue(1);
	}

	@Test
	void pagesOfDifferentRangesAreDistinct() {
		assertThat(read(0)).containsExactly(1L, 2L, 3L, 4L);
		assertThat(read(4)).containsExactly(5L, 6L, 7L, 8L);
		assertThat(read(2)).containsExactly(3L, 4L, 5L, 6L);
	}

	@Test
	void partialPageIsReadAgain() {
		assertThat(read(8)).containsExactly(9L, 10L);
		this.last = 11;
		assertThat(read(8)).containsExactly(9L, 10L, 11L);
	}

	@Test
	void emptyPageIsReadAgain() {
		assertThat(read(10)).isEmpty();
		this.last = 11;
		assertThat(read(10)).containsExactly(11L);
	}

	private List<Long> read(long after) {
		return Objects.requireNonNull(
				this.pages.read(after, Long.MAX_VALUE, 4).map(EventEnvelope::position).collectList().block(HANG_LIMIT));
	}

	private static EventEnvelope<StoredEvent> envelope(long position) {
		return new StoredEvent(position, "stream", 1, "ada", "type", null, Instant.EPOCH, Instant.EPOCH, "payload")
			.toEnvelope();
	}

}

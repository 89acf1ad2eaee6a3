package lectern.progress.readerexport;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.RawEvent;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Reads all events of a reader page by page, on demand. */
@Component
class ReaderEventPages {

	private static final int PAGE_SIZE = 256;

	private final EventLog log;

	ReaderEventPages(EventLog log) {
		this.log = log;
	}

	/**
	 * Read the events up to now.
	 * @return cold, in the order of the log, with one element per page; it holds one page
	 * at most, and no database connection while there is no demand
	 */
	Flux<List<RawEvent>> read(String reader) {
		EventReader<RawEvent> events = this.log.readRawByReader(reader);
		return this.log.cursor().flatMapMany((now) -> Flux.defer(() -> {
			AtomicLong after = new AtomicLong();
			return Mono.defer(() -> events.read(after.get(), now.position(), PAGE_SIZE).collectList())
				.doOnNext((page) -> after.set((page.size() < PAGE_SIZE) ? now.position() : page.getLast().position()))
				.repeat(() -> after.get() < now.position())
				.map((page) -> page.stream().map(EventEnvelope::event).toList());
		}));
	}

}

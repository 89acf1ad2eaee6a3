package lectern.progress.catalogreplica;

import java.time.Duration;

import lectern.streaming.log.BackgroundLoop;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Copies the editions of books that a release without editions has replicated (ADR 27).
 * It looks again from time to time, since a node of that release may still be running.
 */
@Component
class EditionBackfill extends BackgroundLoop {

	private static final Duration POLL_INTERVAL = Duration.ofSeconds(30);

	/** Several nodes may copy the same book; the catalog has other clients, too. */
	private static final int CONCURRENCY = 4;

	private final BookReplica books;

	private final CatalogBookClient catalog;

	EditionBackfill(BookReplica books, CatalogBookClient catalog) {
		super("Editions of books are not copied from the catalog");
		this.books = books;
		this.catalog = catalog;
	}

	/** Copy the editions of a page of books, or wait if none are missing. */
	@Override
	protected Mono<Boolean> step() {
		return this.books.findWithoutEditions()
			.flatMap((missing) -> missing.isEmpty() ? Mono.delay(POLL_INTERVAL).thenReturn(false)
					: Flux.fromIterable(missing).flatMap(this::copy, CONCURRENCY).then(Mono.just(true)));
	}

	/** Of a book that was removed there is nothing to copy: its event will follow. */
	private Mono<Void> copy(String book) {
		return this.catalog.find(book)
			.map(CatalogEvent::editionsOf)
			.defaultIfEmpty("[]")
			.flatMap((editions) -> this.books.storeMissingEditions(book, editions));
	}

}

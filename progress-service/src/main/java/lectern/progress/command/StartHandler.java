package lectern.progress.command;

import java.util.Optional;
import java.util.UUID;

import lectern.progress.catalogreplica.BookReplica;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.RequestedEdition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.stereotype.Component;

/** Starts readings of the books in the catalog. */
@Component
class StartHandler {

	private final StartOrContinueHandler startOrContinueHandler;

	private final BookReplica books;

	StartHandler(StartOrContinueHandler startOrContinueHandler, BookReplica books) {
		this.startOrContinueHandler = startOrContinueHandler;
		this.books = books;
	}

	/** Handle a start, as {@link StartOrContinueHandler#start} does. */
	Mono<ReadingCommandResult> handle(String reader, StartReadingRequest start,
			@Nullable IdempotencyRecord idempotencyRecord) {
		return Mono.zip(readingId(start), findBook(start.book()), findEdition(start))
			.flatMap((found) -> this.startOrContinueHandler.start(found.getT1(), start.id() != null,
					(receivedAt) -> new StartReading(reader, start.book(), found.getT2().orElse(null),
							found.getT3().orElse(null), start.startsAgain(), start.clock(), receivedAt),
					idempotencyRecord));
	}

	/** Not on an event loop, since the random generator may block. */
	private static Mono<UUID> readingId(StartReadingRequest start) {
		return Mono.fromSupplier(start::readingId).subscribeOn(Schedulers.boundedElastic());
	}

	private Mono<Optional<BookSnapshot>> findBook(String book) {
		return this.books.find(book).map(Optional::of).defaultIfEmpty(Optional.empty());
	}

	private Mono<Optional<RequestedEdition>> findEdition(StartReadingRequest start) {
		String edition = start.edition();
		return (edition == null) ? Mono.just(Optional.empty())
				: this.books.findEditions(start.book()).map((editions) -> Optional.of(editions.find(edition)));
	}

}

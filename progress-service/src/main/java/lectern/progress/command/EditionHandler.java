package lectern.progress.command;

import java.util.UUID;

import lectern.progress.catalogreplica.BookEditions;
import lectern.progress.catalogreplica.BookReplica;
import lectern.progress.eventlog.IdempotencyRecord;
import lectern.progress.model.BookEdition;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.ChangeEdition;
import lectern.progress.model.RequestedEdition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Handles changes of the edition: finds it among those of the book in the catalog. */
@Component
class EditionHandler {

	private final ReadingCommandHandler commandHandler;

	private final BookReplica books;

	EditionHandler(ReadingCommandHandler commandHandler, BookReplica books) {
		this.commandHandler = commandHandler;
		this.books = books;
	}

	/** Handle a change of the edition, as {@link ReadingCommandHandler#handle} does. */
	Mono<ReadingCommandResult> handle(String reader, UUID reading, ReadingPrecondition precondition,
			ChangeEditionRequest change, @Nullable IdempotencyRecord idempotencyRecord) {
		return findEditions(reading, change).flatMap((editions) -> this.commandHandler.handle(reading, precondition,
				(receivedAt) -> change.toCommand(reader, receivedAt, editions), idempotencyRecord));
	}

	/** Change nothing, but check the precondition and that there is such a reading. */
	Mono<ReadingCommandResult> keep(String reader, UUID reading, ReadingPrecondition precondition,
			ChangeEditionRequest change) {
		return this.commandHandler.handle(reading, precondition,
				(receivedAt, state) -> new ChangeEdition(reader, current(state), change.clock(), receivedAt), null);
	}

	private Mono<BookEditions> findEditions(UUID reading, ChangeEditionRequest change) {
		return (change.edition() == null) ? Mono.just(BookEditions.NONE)
				: this.commandHandler.bookOf(reading)
					.flatMap(this.books::findEditions)
					.defaultIfEmpty(BookEditions.NONE);
	}

	private static @Nullable RequestedEdition current(ReadingState state) {
		BookEdition edition = (state.reading() instanceof Started started) ? started.open().edition().edition() : null;
		return (edition != null) ? RequestedEdition.of(edition) : null;
	}

}

package lectern.progress.catalogreplica;

import java.util.List;
import java.util.Optional;

import lectern.progress.catalogreplica.CatalogEvent.BookDeleted;
import lectern.progress.catalogreplica.CatalogEvent.BookUpserted;
import lectern.progress.catalogreplica.CatalogEvent.Irrelevant;
import lectern.progress.catalogreplica.CatalogEvent.Malformed;
import lectern.progress.catalogreplica.CatalogEvent.PathDeleted;
import lectern.progress.catalogreplica.CatalogEvent.PathUpserted;
import lectern.streaming.log.Cursor;
import lectern.streaming.postgreslog.UncancellableTransactions;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/**
 * Stores the replica of the catalog together with the cursor of the last event applied.
 */
@Repository
class CatalogReplica {

	/** The cursor before the first event. */
	static final String START = "start";

	private final DatabaseClient database;

	private final UncancellableTransactions transactions;

	CatalogReplica(DatabaseClient database, UncancellableTransactions transactions) {
		this.database = database;
		this.transactions = transactions;
	}

	/**
	 * Read the cursor to resume from.
	 * @return cold
	 */
	Mono<String> cursor() {
		return this.database.sql("select cursor from catalog_cursor")
			.map((row) -> required(row, "cursor", String.class))
			.one();
	}

	/**
	 * Apply events and save the cursor in one transaction. Other nodes may have applied
	 * more than this one in the meantime: what they have applied is passed over, so that
	 * neither the cursor nor a book moves back to an earlier state.
	 * @param known the cursor that this node has last seen saved
	 * @param events in the order of the catalog's log
	 * @param reached the cursor up to which the stream has been read; null if unknown
	 * @return cold; emits the cursor that is saved afterwards; fails with
	 * {@link CursorMovedElsewhereException} if another node follows another log
	 */
	Mono<String> apply(String known, List<PositionedCatalogEvent> events, @Nullable Cursor reached) {
		return this.transactions.run(lockCursor().flatMap((saved) -> {
			Optional<Cursor> savedCursor = Cursor.parse(saved);
			boolean otherLog = savedCursor.isPresent()
					? events.stream().anyMatch((event) -> event.isOfOtherLog(savedCursor.get())) : !saved.equals(known);
			if (otherLog) {
				return Mono.error(new CursorMovedElsewhereException());
			}
			return Flux.fromIterable(events)
				.filter((event) -> savedCursor.isEmpty() || event.isAfter(savedCursor.get()))
				.concatMap((event) -> apply(event.event()))
				.then(saveCursor(saved, savedCursor, reached));
		}));
	}

	/**
	 * Start again from the beginning, because the catalog has another log.
	 * @param known the cursor that this node has last seen saved; nothing happens if
	 * another node has saved another one since
	 * @return cold
	 */
	Mono<Void> restart(String known) {
		return this.database.sql("update catalog_cursor set cursor = :start where cursor = :known")
			.bind("start", START)
			.bind("known", known)
			.then();
	}

	/** Locks out the other nodes until the end of the transaction. */
	private Mono<String> lockCursor() {
		return this.database.sql("select cursor from catalog_cursor for update")
			.map((row) -> required(row, "cursor", String.class))
			.one();
	}

	/**
	 * A cursor of another log is not saved: the catalog first names its log and then says
	 * that it is another one.
	 */
	private Mono<String> saveCursor(String saved, Optional<Cursor> savedCursor, @Nullable Cursor reached) {
		boolean ahead = reached != null && (savedCursor.isEmpty() || (savedCursor.get().epoch().equals(reached.epoch())
				&& savedCursor.get().position() < reached.position()));
		return (reached == null || !ahead) ? Mono.just(saved)
				: this.database.sql("update catalog_cursor set cursor = :cursor")
					.bind("cursor", reached.toString())
					.then()
					.thenReturn(reached.toString());
	}

	private Mono<Void> apply(CatalogEvent event) {
		return switch (event) {
			case BookUpserted upserted -> this.database.sql("""
					insert into book_replica (id, title, authors, editions)
					values (:id, :title, :authors, :editions::json)
					on conflict (id) do update
					set title = excluded.title, authors = excluded.authors, editions = excluded.editions
					""")
				.bind("id", upserted.book().id())
				.bind("title", upserted.book().title())
				.bind("authors", upserted.book().authors().toArray(String[]::new))
				.bind("editions", upserted.editions())
				.then();
			case BookDeleted deleted ->
				this.database.sql("delete from book_replica where id = :id").bind("id", deleted.id()).then();
			case PathUpserted upserted -> apply(upserted);
			case PathDeleted deleted -> this.database.sql("update path_replica set removed = true where id = :id")
				.bind("id", deleted.id())
				.then();
			case Irrelevant _, Malformed _ -> Mono.empty();
		};
	}

	/**
	 * A path that really changed is also recorded in {@code changed_path}, in the same
	 * transaction, so that the gates of its readers are checked again.
	 */
	private Mono<Void> apply(PathUpserted upserted) {
		return this.database.sql("""
				with changed as (
				    insert into path_replica (id, document) values (:id, :document::json)
				    on conflict (id) do update set document = excluded.document, removed = false
				    where path_replica.document::text <> excluded.document::text or path_replica.removed
				    returning id)
				insert into changed_path (path) select id from changed
				on conflict (path) do update set change = excluded.change
				""").bind("id", upserted.id()).bind("document", upserted.document()).then();
	}

	/** Rolls the transaction back. */
	static final class CursorMovedElsewhereException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		CursorMovedElsewhereException() {
			super("another node follows another log of the catalog", null, false, false);
		}

	}

}

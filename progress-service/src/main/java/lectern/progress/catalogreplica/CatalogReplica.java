package lectern.progress.catalogreplica;

import java.util.List;

import lectern.progress.catalogreplica.CatalogEvent.BookDeleted;
import lectern.progress.catalogreplica.CatalogEvent.BookUpserted;
import lectern.progress.catalogreplica.CatalogEvent.Irrelevant;
import lectern.progress.catalogreplica.CatalogEvent.Malformed;
import lectern.progress.catalogreplica.CatalogEvent.PathDeleted;
import lectern.progress.catalogreplica.CatalogEvent.PathUpserted;
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
	 * Apply events and save the cursor in one transaction. Events that were applied
	 * before may come again.
	 * @param cursor where to resume from now on; null to leave the saved one unchanged
	 * @return cold
	 */
	Mono<Void> apply(List<CatalogEvent> events, @Nullable String cursor) {
		return this.transactions.run(Flux.fromIterable(events)
			.concatMap(this::apply)
			.then((cursor != null) ? saveCursor(cursor) : Mono.empty()));
	}

	private Mono<Void> saveCursor(String cursor) {
		return this.database.sql("update catalog_cursor set cursor = :cursor where cursor <> :cursor")
			.bind("cursor", cursor)
			.then();
	}

	private Mono<Void> apply(CatalogEvent event) {
		return switch (event) {
			case BookUpserted upserted -> this.database.sql("""
					insert into book_replica (id, title, authors) values (:id, :title, :authors)
					on conflict (id) do update set title = excluded.title, authors = excluded.authors
					""")
				.bind("id", upserted.book().id())
				.bind("title", upserted.book().title())
				.bind("authors", upserted.book().authors().toArray(String[]::new))
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

}

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

/** What is kept of the catalog, and how far its events have been taken in. */
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

	/** Where to go on; cold. */
	Mono<String> cursor() {
		return this.database.sql("select cursor from catalog_cursor")
			.map((row) -> row.get("cursor", String.class))
			.one();
	}

	/**
	 * Take in events and move on, both or neither. What was taken in before may come
	 * again.
	 * @param cursor where to go on from now on; null to leave it
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
			case BookUpserted known -> this.database.sql("""
					insert into known_book (id, title, authors) values (:id, :title, :authors)
					on conflict (id) do update set title = excluded.title, authors = excluded.authors
					""")
				.bind("id", known.book().id())
				.bind("title", known.book().title())
				.bind("authors", known.book().authors().toArray(String[]::new))
				.then();
			case BookDeleted gone ->
				this.database.sql("delete from known_book where id = :id").bind("id", gone.id()).then();
			case PathUpserted known -> apply(known);
			case PathDeleted gone ->
				this.database.sql("update known_path set removed = true where id = :id").bind("id", gone.id()).then();
			case Irrelevant _, Malformed _ -> Mono.empty();
		};
	}

	/**
	 * A path that is another one now is noted as well, in the same transaction, for
	 * whoever looks at the gates of those on it.
	 */
	private Mono<Void> apply(PathUpserted known) {
		return this.database.sql("""
				with changed as (
				    insert into known_path (id, document) values (:id, :document::json)
				    on conflict (id) do update set document = excluded.document, removed = false
				    where known_path.document::text <> excluded.document::text or known_path.removed
				    returning id)
				insert into changed_path (path) select id from changed
				on conflict (path) do update set change = excluded.change
				""").bind("id", known.id()).bind("document", known.document()).then();
	}

}

package lectern.catalog.importing;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import lectern.catalog.importing.BatchDecision.Outcome;
import lectern.catalog.importing.Import.State;
import lectern.web.Page;
import lectern.web.PageRequest;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

/** The accounts of all imports. Every publisher is cold. */
@Component
class Imports {

	/** So many refusals are kept with their text; all are counted. */
	static final int REFUSALS = 1000;

	/** After every id. */
	private static final String END = "g";

	private final DatabaseClient database;

	private final Clock clock;

	Imports(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	/** Begin one; gives its id. Later ones have greater ids. */
	Mono<String> begin(@Nullable String language, @Nullable String source) {
		return this.database.sql("""
				insert into import (id, state, language, source, started_at)
				values (uuidv7()::text, 'running', :language, :source, :now) returning id
				""")
			.bind("language", Parameters.in(R2dbcType.VARCHAR, language))
			.bind("source", Parameters.in(R2dbcType.VARCHAR, source))
			.bind("now", now())
			.map((row) -> row.get("id", String.class))
			.one();
	}

	/** The last line that is accounted for. */
	Mono<Integer> through(String id) {
		return this.database.sql("select through from import where id = :id")
			.bind("id", id)
			.map((row) -> row.get("through", Integer.class))
			.one();
	}

	/** Account for a batch, within the turn that writes it. */
	Mono<Void> account(String id, Outcome outcome, int through) {
		return this.database
			.sql("""
					update import set through = :through, added = added + :added, changed = changed + :changed, merged = merged + :merged,
						unchanged = unchanged + :unchanged, refused = refused + :refused
					where id = :id
					""")
			.bind("through", through)
			.bind("added", outcome.added())
			.bind("changed", outcome.changed())
			.bind("merged", outcome.merged())
			.bind("unchanged", outcome.unchanged())
			.bind("refused", outcome.refusals().size())
			.bind("id", id)
			.then()
			.then(outcome.refusals().isEmpty() ? Mono.empty() : keep(id, outcome.refusals()));
	}

	private Mono<Void> keep(String id, List<Refusal> refusals) {
		return this.database.sql("""
				insert into import_refusal (import, line, reason, pointer, text)
				select :id, line, reason, pointer, text
				from unnest(:lines::integer[], :reasons::text[], :pointers::text[], :texts::text[])
					as refused (line, reason, pointer, text)
				order by line limit greatest(0, :most - (select count(*) from import_refusal where import = :id))
				""")
			.bind("id", id)
			.bind("lines", refusals.stream().map(Refusal::line).toArray(Integer[]::new))
			.bind("reasons", refusals.stream().map(Refusal::reason).toArray(String[]::new))
			.bind("pointers", refusals.stream().map(Refusal::pointer).toArray(String[]::new))
			.bind("texts", refusals.stream().map(Refusal::text).toArray(String[]::new))
			.bind("most", REFUSALS)
			.then();
	}

	/** End one that runs; one that has ended stays as it is. */
	Mono<Void> end(String id, State state) {
		return this.database
			.sql("update import set state = :state, ended_at = :now where id = :id and state = 'running'")
			.bind("state", state.name().toLowerCase(Locale.ROOT))
			.bind("now", now())
			.bind("id", id)
			.then();
	}

	/** Call failed what was begun before and nobody goes on with; gives how many. */
	Mono<Long> failAllBegunBefore(Instant time) {
		return this.database.sql("""
				update import set state = 'failed', ended_at = :now where state = 'running' and started_at < :time
				""").bind("now", now()).bind("time", time.atOffset(ZoneOffset.UTC)).fetch().rowsUpdated();
	}

	/** One import with its refusals, or empty if there is none of this id. */
	Mono<Import> find(String id) {
		return this.database.sql("select * from import where id = :id")
			.bind("id", id)
			.map(Imports::row)
			.one()
			.zipWhen((_) -> refusals(id), Import::with);
	}

	private Mono<List<Refusal>> refusals(String id) {
		return this.database
			.sql("select line, reason, pointer, text from import_refusal where import = :id order by line")
			.bind("id", id)
			.map((row) -> new Refusal(row.get("line", Integer.class), row.get("reason", String.class),
					row.get("pointer", String.class), row.get("text", String.class)))
			.all()
			.collectList();
	}

	/** The latest first, without their refusals. */
	Mono<Page<Import>> page(PageRequest request) {
		String after = request.after();
		return this.database.sql("select * from import where id < :after order by id desc limit :limit")
			.bind("after", (after != null) ? after : END)
			.bind("limit", request.limit() + 1)
			.map(Imports::row)
			.all()
			.collectList()
			.map((found) -> request.page(found, Import::id));
	}

	private static Import row(Readable row) {
		long added = row.get("added", Long.class);
		long changed = row.get("changed", Long.class);
		long unchanged = row.get("unchanged", Long.class);
		long merged = row.get("merged", Long.class);
		long refused = row.get("refused", Long.class);
		OffsetDateTime ended = row.get("ended_at", OffsetDateTime.class);
		return new Import(row.get("id", String.class),
				State.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
				row.get("language", String.class), row.get("source", String.class),
				row.get("started_at", OffsetDateTime.class).toInstant(), (ended != null) ? ended.toInstant() : null,
				row.get("through", Integer.class), added + changed + unchanged + merged + refused, added, changed,
				unchanged, merged, refused, null);
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

}

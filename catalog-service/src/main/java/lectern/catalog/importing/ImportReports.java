package lectern.catalog.importing;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import lectern.catalog.importing.BatchDecision.BatchResult;
import lectern.catalog.importing.ImportReport.ImportState;
import lectern.web.KeysetPage;
import lectern.web.KeysetPageRequest;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Component;

import static lectern.web.Columns.required;

/** Stores the reports of all imports. Every publisher is cold. */
@Component
class ImportReports {

	/** Further refused lines of an import are only counted. */
	static final int MAX_STORED_REFUSALS = 1000;

	/** Greater than every id, because ids are lower-case hexadecimal. */
	private static final String AFTER_EVERY_ID = "g";

	private final DatabaseClient database;

	private final Clock clock;

	private final ImportOwner owner;

	ImportReports(DatabaseClient database, Clock clock, ImportOwner owner) {
		this.database = database;
		this.clock = clock;
		this.owner = owner;
	}

	/** Start an import and return its id. Ids increase with time. */
	Mono<String> start(@Nullable String language, @Nullable String source) {
		return this.database.sql("""
				insert into import (id, state, language, source, started_at, owner, heartbeat_at)
				values (uuidv7()::text, 'running', :language, :source, :now, :owner, clock_timestamp()) returning id
				""")
			.bind("owner", this.owner.id())
			.bind("language", Parameters.in(R2dbcType.VARCHAR, language))
			.bind("source", Parameters.in(R2dbcType.VARCHAR, source))
			.bind("now", now())
			.map((row) -> required(row, "id", String.class))
			.one();
	}

	/**
	 * Read the number of the last line that is counted; 0 if none is.
	 * @return cold; fails with a {@link Problem} if another process has called the import
	 * failed, because this one was not heard of for too long
	 */
	Mono<Integer> lastProcessedLine(String id) {
		return this.database.sql("select last_line from import where id = :id and state = 'running' for update")
			.bind("id", id)
			.map((row) -> required(row, "last_line", Integer.class))
			.one()
			.switchIfEmpty(Mono.error(ImportReports::abandoned));
	}

	/** Add the counts of a batch, in the transaction that writes the batch. */
	Mono<Void> recordBatch(String id, BatchResult result, int lastLine) {
		return this.database
			.sql("""
					update import set last_line = :lastLine, added = added + :added, changed = changed + :changed, merged = merged + :merged,
						unchanged = unchanged + :unchanged, refused = refused + :refused
					where id = :id
					""")
			.bind("lastLine", lastLine)
			.bind("added", result.added())
			.bind("changed", result.changed())
			.bind("merged", result.merged())
			.bind("unchanged", result.unchanged())
			.bind("refused", result.refusals().size())
			.bind("id", id)
			.then()
			.then(result.refusals().isEmpty() ? Mono.empty() : insertRefusals(id, result.refusals()));
	}

	private Mono<Void> insertRefusals(String id, List<RefusedLine> refusals) {
		return this.database.sql("""
				insert into import_refusal (import, line, reason, pointer, text)
				select :id, line, reason, pointer, text
				from unnest(:lines::integer[], :reasons::text[], :pointers::text[], :texts::text[])
					as refused (line, reason, pointer, text)
				order by line limit greatest(0, :max - (select count(*) from import_refusal where import = :id))
				""")
			.bind("id", id)
			.bind("lines", refusals.stream().map(RefusedLine::line).toArray(Integer[]::new))
			.bind("reasons", refusals.stream().map(RefusedLine::reason).toArray(String[]::new))
			.bind("pointers", refusals.stream().map(RefusedLine::pointer).toArray(String[]::new))
			.bind("texts", refusals.stream().map(RefusedLine::text).toArray(String[]::new))
			.bind("max", MAX_STORED_REFUSALS)
			.then();
	}

	/** End an import. Has no effect on an import that has already ended. */
	Mono<Void> finish(String id, ImportState state) {
		return this.database
			.sql("update import set state = :state, ended_at = :now where id = :id and state = 'running'")
			.bind("state", state.name().toLowerCase(Locale.ROOT))
			.bind("now", now())
			.bind("id", id)
			.then();
	}

	/** Find an import with its refusals; empty if there is none with this id. */
	Mono<ImportReport> find(String id) {
		return this.database.sql("select * from import where id = :id")
			.bind("id", id)
			.map(ImportReports::report)
			.one()
			.zipWhen((_) -> refusals(id), ImportReport::withRefusals);
	}

	private Mono<List<RefusedLine>> refusals(String id) {
		return this.database
			.sql("select line, reason, pointer, text from import_refusal where import = :id order by line")
			.bind("id", id)
			.map((row) -> new RefusedLine(required(row, "line", Integer.class), required(row, "reason", String.class),
					row.get("pointer", String.class), required(row, "text", String.class)))
			.all()
			.collectList();
	}

	/** Read a page of imports without their refusals, newest first. */
	Mono<KeysetPage<ImportReport>> page(KeysetPageRequest request) {
		String after = request.after();
		return this.database.sql("select * from import where id < :after order by id desc limit :limit")
			.bind("after", (after != null) ? after : AFTER_EVERY_ID)
			.bind("limit", request.limit() + 1)
			.map(ImportReports::report)
			.all()
			.collectList()
			.map((found) -> request.page(found, ImportReport::id));
	}

	private static ImportReport report(Readable row) {
		long added = required(row, "added", Long.class);
		long changed = required(row, "changed", Long.class);
		long unchanged = required(row, "unchanged", Long.class);
		long merged = required(row, "merged", Long.class);
		long refused = required(row, "refused", Long.class);
		OffsetDateTime ended = row.get("ended_at", OffsetDateTime.class);
		return new ImportReport(required(row, "id", String.class),
				ImportState.valueOf(required(row, "state", String.class).toUpperCase(Locale.ROOT)),
				row.get("language", String.class), row.get("source", String.class),
				required(row, "started_at", OffsetDateTime.class).toInstant(),
				(ended != null) ? ended.toInstant() : null, required(row, "last_line", Integer.class),
				added + changed + unchanged + merged + refused, added, changed, unchanged, merged, refused, null);
	}

	private OffsetDateTime now() {
		return this.clock.instant().atOffset(ZoneOffset.UTC);
	}

	private static Problem abandoned() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"The catalog was stalled for too long and has given the import up. The lines written before are "
							+ "kept; send all of them again.")
			.withHeader(HttpHeaders.RETRY_AFTER, "10");
	}

}

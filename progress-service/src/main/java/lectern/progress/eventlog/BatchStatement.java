package lectern.progress.eventlog;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToIntFunction;

import lectern.progress.eventlog.StreamClaim.Alias;
import lectern.progress.eventlog.StreamClaim.Opening;
import org.jspecify.annotations.Nullable;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/**
 * The statement that appends a batch by the function {@code append_batch} of the
 * database. A column of text is one parameter, with a line for each row: in an array each
 * quote of the JSON documents would have to be escaped. No value contains a line break,
 * and an empty line is null.
 */
final class BatchStatement {

	private static final String SQL = """
			select log_epoch, last_position, appended_at, verdicts, holders from append_batch(
			    string_to_array($1, chr(10), ''), $2,
			    $3, string_to_array($4, chr(10), ''), $5, string_to_array($6, chr(10), ''),
			    string_to_array($7, chr(10), ''), string_to_array($8, chr(10), ''), $9,
			    string_to_array($10, chr(10), ''),
			    $11, string_to_array($12, chr(10), ''), string_to_array($13, chr(10), ''),
			    string_to_array($14, chr(10), ''), $15, string_to_array($16, chr(10), ''),
			    string_to_array($17, chr(10), ''), $18, $19%s)
			""";

	private static final String WITHOUT_CLAIMS = SQL.formatted("");

	private static final String WITH_CLAIMS = SQL.formatted("""
			,
			    $20, string_to_array($21, chr(10), ''), string_to_array($22, chr(10), ''), $23,
			    $24, string_to_array($25, chr(10), ''), string_to_array($26, chr(10), '')""");

	private final List<Object> parameters = new ArrayList<>();

	private BatchStatement() {
	}

	/**
	 * Bind a batch with at most one append of each stream, of each key and of each claim.
	 * Most batches claim nothing and do not send the parameters for it.
	 */
	static GenericExecuteSpec of(List<Append> batch, DatabaseClient database) {
		BatchStatement statement = new BatchStatement();
		statement.bind(batch);
		boolean withClaims = batch.stream().anyMatch((append) -> append.claim() != null);
		if (withClaims) {
			statement.bindClaims(batch);
		}
		return database.sql(withClaims ? WITH_CLAIMS : WITHOUT_CLAIMS).bindValues(statement.parameters);
	}

	private void bind(List<Append> batch) {
		texts(batch, Append::stream);
		numbers(batch, Append::expectedVersion);
		List<BatchRow> events = rows(batch, (append) -> append.events().size());
		numbers(events, BatchRow::number);
		texts(events, (event) -> event.append().stream());
		numbers(events, (event) -> event.append().expectedVersion() + 1 + event.index());
		texts(events, (event) -> event.event().reader());
		texts(events, (event) -> event.append().types().get(event.index()));
		texts(events, (event) -> event.event().book());
		this.parameters.add(events.stream()
			.map((event) -> event.event().occurredAt().atOffset(ZoneOffset.UTC))
			.toArray(OffsetDateTime[]::new));
		texts(events, (event) -> event.append().data().get(event.index()));
		List<BatchRow> commands = rows(batch, (append) -> append.commands().size());
		numbers(commands, BatchRow::number);
		texts(commands, (command) -> command.idempotencyRecord().reader());
		texts(commands, (command) -> command.idempotencyRecord().key());
		texts(commands, (command) -> command.idempotencyRecord().hash());
		this.parameters.add(commands.stream().map(BatchRow::retentionSeconds).toArray(Long[]::new));
		texts(commands, (command) -> command.idempotencyRecord().response());
		texts(commands, (command) -> command.append().stream());
		numbers(commands, (command) -> command.append().expectedVersion() + command.command().end());
		numbers(commands, (command) -> command.command().eventCount());
	}

	private void bindClaims(List<Append> batch) {
		List<BatchRow> openings = rows(batch, (append) -> (append.claim() instanceof Opening) ? 1 : 0);
		numbers(openings, BatchRow::number);
		texts(openings, (row) -> row.opening().reader());
		texts(openings, (row) -> row.opening().book());
		this.parameters.add(openings.stream().map((row) -> row.opening().exclusive()).toArray(Boolean[]::new));
		List<BatchRow> aliases = rows(batch, (append) -> (append.claim() instanceof Alias) ? 1 : 0);
		numbers(aliases, BatchRow::number);
		texts(aliases, (row) -> row.alias().reader());
		texts(aliases, (row) -> row.alias().id());
	}

	private <T> void texts(List<T> rows, Function<T, @Nullable String> column) {
		StringBuilder lines = new StringBuilder();
		for (T row : rows) {
			String text = column.apply(row);
			lines.append((text != null) ? text : "").append('\n');
		}
		// The line break is a separator.
		lines.setLength(Math.max(0, lines.length() - 1));
		this.parameters.add(lines.toString());
	}

	private <T> void numbers(List<T> rows, Function<T, Integer> column) {
		this.parameters.add(rows.stream().map(column).toArray(Integer[]::new));
	}

	private static List<BatchRow> rows(List<Append> batch, ToIntFunction<Append> count) {
		List<BatchRow> rows = new ArrayList<>();
		for (int number = 1; number <= batch.size(); number++) {
			Append append = batch.get(number - 1);
			for (int index = 0; index < count.applyAsInt(append); index++) {
				rows.add(new BatchRow(number, append, index));
			}
		}
		return rows;
	}

	/**
	 * An event, a command or a claim of the batch.
	 *
	 * @param number the number of its append in the batch, from 1
	 * @param index its index in the append
	 */
	private record BatchRow(int number, Append append, int index) {

		NewEvent event() {
			return this.append.events().get(this.index);
		}

		AppendedCommand command() {
			return this.append.commands().get(this.index);
		}

		IdempotencyRecord idempotencyRecord() {
			return command().idempotencyRecord();
		}

		Opening opening() {
			return (Opening) Objects.requireNonNull(this.append.claim());
		}

		Alias alias() {
			return (Alias) Objects.requireNonNull(this.append.claim());
		}

		@Nullable Long retentionSeconds() {
			Duration retention = idempotencyRecord().retention();
			return (retention != null) ? retention.toSeconds() : null;
		}

	}

}

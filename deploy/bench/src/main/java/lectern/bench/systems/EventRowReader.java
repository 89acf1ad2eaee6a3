package lectern.bench.systems;

import java.time.Duration;
import java.util.Objects;

import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import reactor.core.publisher.Flux;

/** Reads the rows of a replay with the database driver that the services use. */
public final class EventRowReader implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofMinutes(2);

	/** The size of a page of a replay. */
	private static final int FETCH_SIZE = 256;

	private final PostgresqlConnection connection;

	private final String reader;

	private EventRowReader(PostgresqlConnection connection, String reader) {
		this.connection = connection;
		this.reader = reader;
	}

	static EventRowReader connect(int port, String password, String reader) {
		PostgresqlConnectionFactory factory = new PostgresqlConnectionFactory(
				PostgresqlConnectionConfiguration.builder()
					.host("127.0.0.1")
					.port(port)
					.database("progress")
					.username("progress")
					.password(password)
					.build());
		return new EventRowReader(Objects.requireNonNull(factory.create().block(TIMEOUT)), reader);
	}

	/** Read and discard all rows, and return their number. */
	public long countRows() {
		// A fetch size has an effect only inside a transaction, where a cursor can exist.
		return Objects.requireNonNull(this.connection.beginTransaction()
			.thenMany(Flux.defer(() -> this.connection.createStatement("""
					select position, stream, version, reader, type, book, occurred_at, received_at, data::text as data
					from event where reader = $1 order by position
					""").bind("$1", this.reader).fetchSize(FETCH_SIZE).execute()))
			.flatMap((result) -> result.map((_, _) -> 1))
			.count()
			.flatMap((count) -> this.connection.commitTransaction().thenReturn(count))
			.block(TIMEOUT));
	}

	@Override
	public void close() {
		this.connection.close().block(TIMEOUT);
	}

}

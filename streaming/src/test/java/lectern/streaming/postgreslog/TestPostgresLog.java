package lectern.streaming.postgreslog;

import java.time.OffsetDateTime;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import lectern.streaming.log.EventEnvelope;
import lectern.streaming.log.EventReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** A minimal log in PostgreSQL whose events are texts. */
public final class TestPostgresLog implements EventReader<String> {

	private static final String SCHEMA = """
			create table log_head (
			    only_row boolean primary key default true check (only_row),
			    epoch text not null, position bigint not null, received_at timestamptz not null);
			insert into log_head values (true, 'epochoftest', 0, now());
			create table note (position bigint primary key, received_at timestamptz not null, content text not null)
			""";

	public final ConnectionPool pool;

	public final DatabaseClient database;

	public final TransactionalOperator transaction;

	public final PostgresLogHead head;

	public TestPostgresLog() {
		String url = TestPostgres.database();
		ConnectionFactory connections = ConnectionFactories
			.get("r2dbc:" + url.replace("postgresql://", "postgresql://postgres:any@"));
		this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(connections).maxSize(16).build());
		this.database = DatabaseClient.create(this.pool);
		this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(this.pool));
		this.head = new PostgresLogHead(this.database);
	}

	public Mono<Void> create() {
		return Flux.fromArray(SCHEMA.split(";")).concatMap((sql) -> this.database.sql(sql).then()).then();
	}

	/** Append in the caller's transaction; emits the position. */
	public Mono<Long> append(String content) {
		return this.head.reserve(1)
			.flatMap((positions) -> this.database.sql("insert into note values ($1, $2, $3)")
				.bind("$1", positions.first().position())
				.bind("$2", positions.receivedAt().atOffset(java.time.ZoneOffset.UTC))
				.bind("$3", content)
				.then()
				.thenReturn(positions.first().position()));
	}

	/** Append in a transaction of its own; emits the position. */
	public Mono<Long> commit(String content) {
		return append(content).as(this.transaction::transactional);
	}

	@Override
	public Flux<EventEnvelope<String>> read(long after, long upTo, int limit) {
		return this.database.sql("""
				select position, received_at, content from note
				where position > $1 and position <= $2 order by position limit $3
				""")
			.bind("$1", after)
			.bind("$2", upTo)
			.bind("$3", limit)
			.map((row) -> new EventEnvelope<>(row.get("position", Long.class),
					row.get("received_at", OffsetDateTime.class).toInstant(), row.get("content", String.class)))
			.all();
	}

}

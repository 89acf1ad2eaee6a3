package lectern.progress.eventlog;

import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import lectern.progress.TestDatabase;
import lectern.progress.TestProgress;
import lectern.streaming.postgreslog.PostgresLogHead;
import lectern.streaming.postgreslog.TestPools;
import lectern.streaming.postgreslog.UncancellableTransactions;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** An event log in a database of its own that has the schema of the service. */
public final class EventLogFixture {

	public final ConnectionPool pool;

	public final DatabaseClient database;

	public final UncancellableTransactions transactions;

	public final EventLog log;

	public final EventsByType eventsByType;

	private final EventTypes types;

	private final List<GroupCommit> started = new ArrayList<>();

	public EventLogFixture(EventTypes types) {
		String url = TestDatabase.create();
		ConnectionFactory connections = ConnectionFactories
			.get("r2dbc:" + url.replace("postgresql://", "postgresql://postgres:any@") + "?forceBinary=true");
		this.pool = new ConnectionPool(ConnectionPoolConfiguration.builder(connections).maxSize(16).build());
		this.database = DatabaseClient.create(this.pool);
		this.transactions = new UncancellableTransactions(
				TransactionalOperator.create(new R2dbcTransactionManager(this.pool)));
		this.types = types;
		this.log = newNode();
		this.eventsByType = new EventsByType(this.database, types);
	}

	/** Create another log on the same database, as another process has it. */
	public EventLog newNode() {
		PostgresLogHead head = new PostgresLogHead(this.database);
		GroupCommit commits = new GroupCommit("commands", new PostgresAppendBatchWriter(this.database),
				new SimpleMeterRegistry(), () -> CallerEventLoop.OTHER_THREADS);
		commits.start();
		this.started.add(commits);
		return new PostgresEventLog(this.database, commits, commits, head, this.types);
	}

	/** Wait until a query returns true in its only row. */
	public void awaitTrue(String sql) {
		TestProgress.awaitTrue(this.database, sql);
	}

	public void execute(String sql) {
		this.database.sql(sql).then().block(HANG_LIMIT);
	}

	public void close() {
		this.started.forEach(GroupCommit::stop);
		TestPools.close(this.pool);
	}

}

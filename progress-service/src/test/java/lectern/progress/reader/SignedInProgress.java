package lectern.progress.reader;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import lectern.progress.catalog.TestCatalog;
import lectern.progress.log.EventLog;
import lectern.streaming.postgres.TestPostgres;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;

/** The whole service with a catalog to follow, and readers who are signed in. */
public final class SignedInProgress implements AutoCloseable {

	private final TestCatalog catalog = new TestCatalog();

	private final RunningProgress progress = RunningProgress.start(TestPostgres.database(),
			"lectern.catalog.url=" + this.catalog.url());

	private final Map<String, String> tokens = new ConcurrentHashMap<>();

	public TestCatalog catalog() {
		return this.catalog;
	}

	public DatabaseClient database() {
		return this.progress.database();
	}

	public EventLog log() {
		return this.progress.log();
	}

	/** The port of the API. */
	public int port() {
		return this.progress.uri("/").getPort();
	}

	/** A client without a token. */
	public WebTestClient anybody() {
		return this.progress.client;
	}

	/** A client with a reader's token. */
	public WebTestClient as(String reader) {
		String token = token(reader);
		return this.progress.client.mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build();
	}

	/** The token of a reader, who is registered when first asked for. */
	public String token(String reader) {
		return this.tokens.computeIfAbsent(reader, (_) -> {
			this.progress.register(reader).expectStatus().isCreated().expectBody();
			return this.progress.token(reader);
		});
	}

	@Override
	public void close() {
		this.progress.close();
		this.catalog.close();
	}

}

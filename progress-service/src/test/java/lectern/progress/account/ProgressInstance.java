package lectern.progress.account;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import lectern.progress.ProgressApplication;
import lectern.progress.eventlog.EventLog;
import reactor.util.retry.Retry;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.ResponseSpec;
import org.springframework.web.reactive.function.client.WebClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The whole service on ports of its own, started and stopped by the test. */
final class ProgressInstance implements AutoCloseable {

	static final String PASSWORD = "correct horse battery";

	private final ConfigurableApplicationContext context;

	final WebTestClient client;

	private ProgressInstance(ConfigurableApplicationContext context) {
		this.context = context;
		this.client = WebTestClient.bindToServer()
			.baseUrl(base("local.server.port"))
			.responseTimeout(HANG_LIMIT)
			.build();
	}

	/**
	 * Start it.
	 * @param database as {@code TestPostgres} gives it
	 * @param settings properties, as {@code name=value}
	 */
	static ProgressInstance start(String database, String... settings) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--management.server.port=0",
				"--lectern.database.url=" + database, "--lectern.database.user=postgres",
				"--lectern.database.password=postgres", "--spring.r2dbc.pool.max-size=4"));
		for (String setting : settings) {
			arguments.add("--" + setting);
		}
		ProgressInstance progress = new ProgressInstance(
				new SpringApplicationBuilder(ProgressApplication.class).initializers(ProgressInstance::useOwnEventLoops)
					.run(arguments.toArray(String[]::new)));
		progress.awaitReadiness();
		return progress;
	}

	/**
	 * Spring stops the event loops with the service, and others here share the usual
	 * ones.
	 */
	private static void useOwnEventLoops(ConfigurableApplicationContext starting) {
		ReactorResourceFactory loops = new ReactorResourceFactory();
		loops.setUseGlobalResources(false);
		loops.setShutdownQuietPeriod(Duration.ZERO);
		((GenericApplicationContext) starting).registerBean(ReactorResourceFactory.class, () -> loops);
	}

	private void awaitReadiness() {
		WebClient.create(base("local.management.port"))
			.get()
			.uri("/actuator/health/readiness")
			.retrieve()
			.toBodilessEntity()
			.retryWhen(Retry.fixedDelay(200, Duration.ofMillis(50)))
			.block(HANG_LIMIT);
	}

	private String base(String port) {
		return "http://127.0.0.1:" + this.context.getEnvironment().getRequiredProperty(port);
	}

	DatabaseClient database() {
		return this.context.getBean(DatabaseClient.class);
	}

	EventLog log() {
		return this.context.getBean(EventLog.class);
	}

	ResponseSpec register(String reader) {
		return post("/api/v1/readers", Map.of("reader", reader, "name", "Reader " + reader, "password", PASSWORD));
	}

	ResponseSpec signIn(String reader, String password) {
		return post("/api/v1/tokens", Map.of("reader", reader, "password", password));
	}

	ResponseSpec post(String path, Object content) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).bodyValue(content).exchange();
	}

	ResponseSpec get(String path, String token) {
		return this.client.get().uri(uri(path)).headers((headers) -> headers.setBearerAuth(token)).exchange();
	}

	/** An address on this service, not encoded any further. */
	URI uri(String path) {
		return URI.create(base("local.server.port") + path);
	}

	/** A token of a reader who is registered already. */
	String token(String reader) {
		return token(signIn(reader, PASSWORD));
	}

	static String token(ResponseSpec answer) {
		return Objects
			.requireNonNull(
					answer.expectStatus().isOk().expectBody(TokenResponse.class).returnResult().getResponseBody())
			.accessToken();
	}

	static void assertProblem(ResponseSpec answer, int status, String problem) {
		answer.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("/problems/" + problem);
	}

	@Override
	public void close() {
		this.context.close();
	}

}

package lectern.gateway;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntConsumer;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients see of a gateway that starts before catalog-service, and of one that
 * stops.
 */
@NullUnmarked
class GatewayLifecycleIntegrationTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String PRIVATE_PATH = "/api/v1/operations/events";

	private final StubEventStream events = new StubEventStream();

	private final StubServer catalog = new StubServer((routes) -> routes.get(EVENTS, this.events::serve));

	@BeforeEach
	void makeCatalogUnavailable() {
		this.events.status = 503;
	}

	@AfterEach
	void stop() {
		this.catalog.stop();
	}

	@Test
	void becomesReadyAndServesWaitingClientsWhenRingBufferIsFilled() {
		try (ConfigurableApplicationContext gateway = start((_) -> {
		}); StreamClient client = connect(gateway, "")) {
			assertThat(client.await(":lectern\nid:20").status()).isEqualTo(200);
			assertThat(readiness(gateway)).isEqualTo(503);
			this.events.status = 200;
			client.await("Z\n\nid:peerlog0-0\n\n");
			Awaitility.await().atMost(HANG_LIMIT).until(() -> readiness(gateway) == 200);
			String cursor = this.events.commit("book-added", "one");
			client.await("id:" + cursor + "\ndata:");
		}
	}

	@Test
	void waitingClientGetsDrainEventOnShutdown() {
		ConfigurableApplicationContext gateway = start((_) -> {
		});
		try (StreamClient client = connect(gateway, "?after=peerlog0-7")) {
			assertThat(client.await(":lectern\nid:peerlog0-7\n\n").status()).isEqualTo(200);
			gateway.close();
			client.awaitEnd();
			assertThat(client.text()).endsWith("event:end\nid:peerlog0-7\ndata:{\"reason\":\"drain\"}\n\n");
		}
		finally {
			gateway.close();
		}
	}

	@Test
	void immediateReconnectsAreNeverRejected() {
		Set<Integer> statuses = ConcurrentHashMap.newKeySet();
		Disposable.Swap clients = Disposables.swap();
		try (ConfigurableApplicationContext _ = start((port) -> clients.update(reconnectingClients(port, statuses)))) {
			this.events.status = 200;
			Awaitility.await().atMost(HANG_LIMIT).until(() -> statuses.contains(200));
		}
		finally {
			clients.dispose();
		}
		assertThat(statuses).containsExactly(200);
	}

	@Test
	void startedWithoutProgressServiceItRejectsWhatWasRevokedAndAcceptsNothing(@TempDir Path folder) {
		String session = UUID.randomUUID().toString();
		String revoked = TestTokens.ofSession(session, List.of(), Duration.ofMinutes(30));
		try (ConfigurableApplicationContext gateway = start((_) -> {
		}, GatewayFixture.PROGRESS.url(), "--lectern.tokens.folder=" + folder)) {
			Awaitility.await().atMost(HANG_LIMIT).until(() -> status(gateway, TestTokens.reader()) == 403);
			TestTokens.endSession(session);
			Awaitility.await()
				.atMost(HANG_LIMIT)
				.until(() -> Files.exists(folder.resolve("jwks.json"))
						&& Files.readString(folder.resolve("revoked-sessions")).contains(session));
		}
		try (ConfigurableApplicationContext gateway = start((_) -> {
		}, this.catalog.url(), "--lectern.tokens.folder=" + folder)) {
			Awaitility.await().atMost(HANG_LIMIT).until(() -> status(gateway, revoked) == 401);
			client(gateway).get()
				.uri(PRIVATE_PATH)
				.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
				.exchange()
				.expectStatus()
				.isEqualTo(503)
				.expectHeader()
				.valueEquals("Retry-After", "2")
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/unavailable");
			assertThat(status(gateway, TestTokens.signedByUnknownKey())).isEqualTo(503);
			client(gateway).get()
				.uri("/problems")
				.headers((headers) -> headers.setBearerAuth(revoked))
				.exchange()
				.expectStatus()
				.isOk();
		}
	}

	private static int status(ConfigurableApplicationContext gateway, String token) {
		return client(gateway).get()
			.uri(PRIVATE_PATH)
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectBody()
			.returnResult()
			.getStatus()
			.value();
	}

	private static WebTestClient client(ConfigurableApplicationContext gateway) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port(gateway, "local.server.port"))
			.responseTimeout(HANG_LIMIT)
			.build();
	}

	/** Clients that record the statuses of their responses. */
	private static Disposable reconnectingClients(int port, Set<Integer> statuses) {
		return Flux.range(0, 50).flatMap((_) -> http(port).get().uri(EVENTS).response((response, content) -> {
			statuses.add(response.status().code());
			return content.then();
		}).onErrorComplete().repeatWhen((ends) -> ends.delayElements(Duration.ofMillis(20))), 50).subscribe();
	}

	/**
	 * Start a gateway.
	 * @param onPortOpen accepts the port as soon as it is open, before the start is
	 * complete
	 */
	private ConfigurableApplicationContext start(IntConsumer onPortOpen) {
		return start(onPortOpen, GatewayFixture.PROGRESS.url(), "--lectern.tokens.issuer=lectern");
	}

	private ConfigurableApplicationContext start(IntConsumer onPortOpen, String progressUrl, String setting) {
		return new SpringApplicationBuilder(GatewayApplication.class)
			.initializers((GenericApplicationContext context) -> context.registerBean(ReactorResourceFactory.class,
					GatewayLifecycleIntegrationTests::ownResources))
			.listeners((ApplicationListener<WebServerInitializedEvent>) (event) -> {
				if (event.getApplicationContext().getServerNamespace() == null) {
					onPortOpen.accept(event.getWebServer().getPort());
				}
			})
			.run("--server.port=0", "--management.server.port=0", "--lectern.streams.drain-timeout=300ms",
					"--lectern.catalog.url=" + this.catalog.url(), "--lectern.progress.url=" + progressUrl, setting);
	}

	/** With global resources, a stop would close the connections of all gateways here. */
	private static ReactorResourceFactory ownResources() {
		ReactorResourceFactory resources = new ReactorResourceFactory();
		resources.setUseGlobalResources(false);
		return resources;
	}

	private static HttpClient http(int port) {
		return HttpClient.newConnection().baseUrl("http://127.0.0.1:" + port);
	}

	private static StreamClient connect(ConfigurableApplicationContext gateway, String query) {
		return StreamClient.to(http(port(gateway, "local.server.port")), EVENTS + query, (_) -> {
		});
	}

	private static int port(ConfigurableApplicationContext gateway, String name) {
		return gateway.getEnvironment().getRequiredProperty(name, Integer.class);
	}

	private static int readiness(ConfigurableApplicationContext gateway) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + port(gateway, "local.management.port"))
			.responseTimeout(HANG_LIMIT)
			.build()
			.get()
			.uri("/actuator/health/readiness")
			.exchange()
			.returnResult(String.class)
			.getStatus()
			.value();
	}

}

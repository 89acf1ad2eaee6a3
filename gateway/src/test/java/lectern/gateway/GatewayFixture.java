package lectern.gateway;

import lectern.web.TestTokens;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * One gateway between real HTTP clients and two stub services, shared by its subclasses.
 */
@NullUnmarked
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.server.port=0", "management.prometheus.metrics.export.enabled=true",
				"lectern.cross-origin.allowed-origins=https://reader.example",
				"spring.cloud.gateway.server.webflux.httpclient.response-timeout=3s" })
abstract class GatewayFixture {

	static final StubCatalog CATALOG_STUB = new StubCatalog();

	static final StubServer CATALOG = new StubServer(CATALOG_STUB::routes);

	static final StubEventStream ADA_EVENTS = new StubEventStream();

	static final StubEventStream ACTIVITY_EVENTS = new StubEventStream();

	static final StubTokens TOKENS = new StubTokens();

	static final StubServer PROGRESS = new StubServer((routes) -> {
		TestTokens.routes(routes);
		routes
			.get("/api/v1/readers/ada/readings",
					(request,
							response) -> request.requestHeaders().contains("Authorization")
									|| request.cookies().containsKey("lectern-token")
											? response.sendString(Mono.just("ada's readings"))
											: response.status(401)
												.header("WWW-Authenticate", "Bearer")
												.header("Content-Type", "application/problem+json")
												.sendString(Mono.just("{\"type\":\"/problems/unauthenticated\"}")))
			.get("/api/v1/readers/ada/events", ADA_EVENTS::serve)
			.get("/api/v1/activity/events", ACTIVITY_EVENTS::serve)
			.get("/api/v1/readers/ada/replay", ADA_EVENTS::serve)
			.get("/api/v1/activity", (_, response) -> response.sendString(Mono.just("activity")))
			.post("/api/v1/readers", (_, response) -> response.status(201).send())
			.get("/api/v1/readers/ada/sessions",
					(request, response) -> response
						.sendString(Mono.just(request.requestHeaders().get("Authorization", ""))))
			.post("/internal/key-tokens", TOKENS::exchange)
			.post("/api/v1/tokens", TOKENS::respond);
	});

	@LocalServerPort
	int port;

	@LocalManagementPort
	int managementPort;

	WebTestClient client;

	@DynamicPropertySource
	static void serviceUrls(DynamicPropertyRegistry properties) {
		properties.add("lectern.catalog.url", CATALOG::url);
		properties.add("lectern.progress.url", PROGRESS::url);
	}

	@BeforeEach
	void connect() {
		this.client = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(HANG_LIMIT)
			.build();
	}

	HttpClient plainClient() {
		return HttpClient.newConnection().baseUrl("http://127.0.0.1:" + this.port).responseTimeout(HANG_LIMIT);
	}

	String metrics() {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.managementPort)
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4 << 20))
			.responseTimeout(HANG_LIMIT)
			.build()
			.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
	}

}

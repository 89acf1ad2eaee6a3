package lectern.acceptance;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import lectern.launcher.ServiceNode;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Real services that are frozen or killed, as their readers see them. */
@NullUnmarked
@ExtendWith(LecternExtension.class)
@Timeout(300)
class ServiceOutageAcceptanceTests {

	private static final String SERVICE = "progress-service";

	private static final String BOOK = "/api/v1/books/fluent-python";

	private static final String ACTIVITY = "/api/v1/activity";

	private static final int CLIENTS = 8;

	private static final int REQUESTS = 100;

	@Test
	void catalogIsReadWhileProgressServiceIsFrozen(LecternInstance lectern) throws Exception {
		WebTestClient client = lectern.anonymousClient();
		lectern.suspend(SERVICE);
		try {
			CompletableFuture<Integer> hanging = CompletableFuture.supplyAsync(() -> status(client, ACTIVITY));
			for (int i = 0; i < REQUESTS; i++) {
				assertThat(status(client, BOOK)).isEqualTo(200);
			}
			assertThat(hanging).succeedsWithin(HANG_LIMIT).isIn(503, 504);
			assertThat(status(client, BOOK)).isEqualTo(200);
			client.get()
				.uri(ACTIVITY)
				.exchange()
				.expectStatus()
				.is5xxServerError()
				.expectBody()
				.jsonPath("$.detail")
				.value((detail) -> assertThat((String) detail).startsWith("The progress service "));
		}
		finally {
			lectern.resume(SERVICE);
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> status(client, ACTIVITY) == 200);
	}

	private static int status(WebTestClient client, String path) {
		return client.get().uri(path).exchange().expectBody().returnResult().getStatus().value();
	}

	/** The gateway is a second one, which knows both nodes. */
	@Test
	void noIdempotentRequestFailsWhenOneOfTwoNodesIsKilled(LecternInstance lectern) throws Exception {
		String handle = "outage-" + UUID.randomUUID().toString().substring(0, 8);
		LecternInstance.AuthenticatedClient reader = lectern.registerReader(handle);
		String readings = "/api/v1/readers/" + handle + "/readings";
		String reading = JsonTrees
			.parse(reader.client()
				.post()
				.uri(readings)
				.bodyValue(Map.of("book", "fluent-python"))
				.exchange()
				.expectStatus()
				.isCreated())
			.path("id")
			.asString();
		try (ServiceNode node = lectern.startSecondNode(SERVICE).awaitReady();
				ServiceNode gateway = lectern
					.startSecondNode("gateway",
							"-Dlectern.progress.url=" + lectern.url(SERVICE) + ",http://127.0.0.1:" + node.port())
					.awaitReady()) {
			WebTestClient client = LecternInstance.client(gateway.port())
				.mutate()
				.defaultHeaders((headers) -> headers.setBearerAuth(reader.token()))
				.build();
			AtomicInteger sent = new AtomicInteger();
			List<CompletableFuture<List<Integer>>> clients = IntStream.range(0, CLIENTS)
				.mapToObj((_) -> CompletableFuture.supplyAsync(() -> failures(client, readings, reading, sent),
						(task) -> Thread.ofVirtual().start(task)))
				.toList();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> sent.get() > CLIENTS * REQUESTS / 4);
			assertThat(sent.get()).as("requests before the kill").isLessThan(CLIENTS * REQUESTS);
			node.kill();
			for (CompletableFuture<List<Integer>> each : clients) {
				assertThat(each).succeedsWithin(HANG_LIMIT).isEqualTo(List.of());
			}
			assertThat(LecternInstance.sumMeter(gateway.managementPort(), "lectern_upstream_ready",
					":" + node.port() + "\""))
				.isZero();
		}
	}

	/** Reads, and reports with a key. */
	private static List<Integer> failures(WebTestClient client, String readings, String reading, AtomicInteger sent) {
		return IntStream.range(0, REQUESTS).map((number) -> {
			sent.incrementAndGet();
			boolean read = number % 2 == 0;
			WebTestClient.RequestBodySpec request = client.method(read ? HttpMethod.GET : HttpMethod.POST)
				.uri(read ? readings : readings + "/" + reading + "/positions");
			if (!read) {
				request.header("Idempotency-Key", UUID.randomUUID().toString())
					.bodyValue(Map.of("fraction", number / (double) REQUESTS));
			}
			return request.exchange().expectBody().returnResult().getStatus().value();
		}).filter((status) -> status != 200).boxed().toList();
	}

}

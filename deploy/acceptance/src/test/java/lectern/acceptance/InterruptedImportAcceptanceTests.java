package lectern.acceptance;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** An import during which the catalog is killed, and which is then repeated. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class InterruptedImportAcceptanceTests {

	private static final int BOOKS = 20_000;

	private static final String IMPORT_PATH = "/api/v1/imports?source=killed";

	private final List<String> lines = IntStream.range(0, BOOKS)
		.mapToObj((
				n) -> "{\"type\":\"book\",\"id\":\"killed-%05d\",\"title\":\"Killed %d\",\"authors\":[\"Ada Byron\"]}\n"
					.formatted(n, n))
		.toList();

	@Test
	void repeatedImportAfterKillAddsEachBookOnce(LecternInstance lectern) throws Exception {
		WebTestClient curator = lectern.adminClient();
		CompletableFuture<Integer> first = CompletableFuture.supplyAsync(() -> status(curator)).exceptionally((_) -> 0);
		Awaitility.await()
			.atMost(LecternInstance.RESTART_TIMEOUT)
			.until(() -> Long.parseLong(lectern.queryValue("catalog",
					"select coalesce(max(added), 0) from import where source = 'killed'")) >= BOOKS / 10);

		long pid = lectern.pid("catalog-service");
		lectern.kill("catalog-service");
		lectern.awaitRestart("catalog-service", pid);

		assertThat(first.get(LecternInstance.RESTART_TIMEOUT.toSeconds(), TimeUnit.SECONDS)).isNotEqualTo(201);
		Awaitility.await()
			.atMost(LecternInstance.RESTART_TIMEOUT)
			.until(() -> lectern
				.queryValue("catalog", "select string_agg(state, ' ') from import where source = 'killed'")
				.equals("failed"));
		JsonNode again = JsonTrees.parse(post(curator).expectStatus().isCreated());
		System.out.printf("acceptance: killed after %d of %d books, then %s%n", again.path("unchanged").asLong(), BOOKS,
				again);
		assertThat(again.path("unchanged").asLong()).isBetween(BOOKS / 10L, BOOKS - 1L);
		assertThat(again.path("unchanged").asLong() + again.path("added").asLong()).isEqualTo(BOOKS);
		assertThat(lectern.queryValue("catalog", "select count(*) from change where subject like 'killed-%'"))
			.isEqualTo(Integer.toString(BOOKS));
		assertThat(exportedBooks(lectern)).hasSize(BOOKS)
			.first()
			.asString()
			.startsWith("{\"type\":\"book\",\"id\":\"killed-00000\",\"title\":\"Killed 0\"");
	}

	private List<String> exportedBooks(LecternInstance lectern) {
		String export = lectern.anonymousClient()
			.get()
			.uri("/api/v1/export")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.exists("Cursor")
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(export).lines().filter((line) -> line.contains("\"id\":\"killed-")).toList();
	}

	private int status(WebTestClient curator) {
		return post(curator).returnResult(String.class).getStatus().value();
	}

	private WebTestClient.ResponseSpec post(WebTestClient curator) {
		return curator.post()
			.uri(IMPORT_PATH)
			.contentType(MediaType.APPLICATION_NDJSON)
			.bodyValue(String.join("", this.lines))
			.exchange();
	}

}

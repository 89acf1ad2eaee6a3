package lectern.acceptance;

import java.io.IOException;
import java.util.Map;

import lectern.bench.systems.NginxProcess;
import lectern.web.TestApiClient;
import lectern.web.TestApiResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** nginx as a cache in front of the gateway, with the file of docs/operations.md. */
@ExtendWith(LecternExtension.class)
@EnabledIf(value = "isInstalled", disabledReason = "There is no nginx on the PATH")
@Timeout(300)
class SharedCacheAcceptanceTests {

	private static final String API = "/api/v1";

	private static final String SAME = "/books/cached-same";

	private static final String X_CACHE = "X-Cache";

	private static NginxProcess nginx;

	private static TestApiClient client;

	static boolean isInstalled() {
		return !NginxProcess.version().isEmpty();
	}

	@BeforeAll
	static void startCache(LecternInstance lectern) throws IOException {
		nginx = NginxProcess.start(1, "",
				DocumentedFile.read("docs/operations.md", "lectern-cache.conf")
					.replace("listen 127.0.0.1:8000", "listen 127.0.0.1:%d")
					.replace("127.0.0.1:8080", "127.0.0.1:" + lectern.port()));
		client = TestApiClient.of("http://127.0.0.1:" + nginx.port());
	}

	@AfterAll
	static void stopCache() throws IOException {
		if (nginx != null) {
			nginx.close();
		}
	}

	@Test
	void publicReadIsKeptUntilItExpires(LecternInstance lectern) {
		CuratorClient curator = new CuratorClient(lectern);
		curator.saveBook("cached-same", "Stays the same");
		curator.saveBook("cached-changed", "At first");
		TestApiResponse same = get(SAME, "MISS");
		TestApiResponse old = get("/books/cached-changed", "MISS");
		String cursor = curator.updateBook("cached-changed", "Changed");

		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertServedFromCache(same));
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> {
			TestApiResponse changed = get("/books/cached-changed");
			assertThat(changed.cursor()).isEqualTo(cursor).isNotEqualTo(old.cursor());
			assertThat(changed.etag()).isNotEqualTo(old.etag());
		});
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> get(SAME, "REVALIDATED"));
	}

	/** All of this takes a part of the time for which the response is kept. */
	private static void assertServedFromCache(TestApiResponse expected) {
		TestApiResponse kept = get(SAME, "HIT");
		assertThat(kept.text()).isEqualTo(expected.text());
		assertThat(kept.etag()).isEqualTo(expected.etag());
		assertThat(kept.cursor()).isEqualTo(expected.cursor());
		client.head(API + SAME).assertStatus(200).assertHeader(X_CACHE, "HIT");
		client.ifNoneMatch(expected.etag())
			.get(API + SAME)
			.assertStatus(304)
			.assertHeader(X_CACHE, "HIT")
			.assertHeader("ETag", expected.etag());
		client.with("Origin", "https://elsewhere.example")
			.get(API + SAME)
			.assertHeader(X_CACHE, "HIT")
			.assertHeader("Access-Control-Allow-Origin", "*");
	}

	@Test
	void codingsAreKeptApart() {
		assertCodings("MISS");
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertCodings("HIT"));
	}

	private static void assertCodings(String expected) {
		client.with("Accept-Encoding", "gzip")
			.get(API + "/books?limit=5")
			.assertHeader(X_CACHE, expected)
			.assertHeader("Content-Encoding", "gzip");
		TestApiResponse plain = get("/books?limit=5", expected).assertNoHeader("Content-Encoding");
		assertThat(plain.at("/items")).hasSize(5);
	}

	@Test
	void privateResponsesAreNotKept(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		String token = reader.authorizationHeader().get("Authorization");
		String readings = "/api/v1/readers/" + reader.handle() + "/readings";
		for (TestApiClient identified : new TestApiClient[] { client.with("Authorization", token),
				client.with("Cookie", "lectern-token=" + token.substring("Bearer ".length())) }) {
			for (String path : new String[] { readings, readings, "/api/v1/books?limit=4", "/api/v1/topics?limit=4" }) {
				identified.get(path).assertStatus(200).assertHeader(X_CACHE, "MISS");
			}
		}
		client.get(readings).assertProblem(401, "unauthenticated");
		get("/books?limit=4", "MISS");
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> get("/books?limit=4", "HIT"));
	}

	@Test
	void streamsPassThrough(LecternInstance lectern) throws Exception {
		try (RawStreamClient first = new RawStreamClient(nginx.port(), "/api/v1/catalog/events", Map.of());
				RawStreamClient second = new RawStreamClient(nginx.port(), "/api/v1/catalog/events", Map.of())) {
			for (RawStreamClient stream : new RawStreamClient[] { first, second }) {
				assertThat(stream.readUntil("id:")).contains("X-Cache: MISS");
			}
			String cursor = new CuratorClient(lectern).saveBook("through-a-cache", "Written at " + System.nanoTime());
			for (RawStreamClient stream : new RawStreamClient[] { first, second }) {
				stream.readUntil(cursor);
			}
		}
	}

	private static TestApiResponse get(String path) {
		return client.get(API + path).assertStatus(200);
	}

	private static TestApiResponse get(String path, String expected) {
		return get(path).assertHeader(X_CACHE, expected);
	}

}

package lectern.acceptance;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page of another origin can do in a real browser. Responses of the services
 * themselves serve as its pages: their ports make them other origins of the same site,
 * for which a browser does not hold back the cookie.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class CrossOriginAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events";

	private static final String FETCH = """
			async ([url, options]) => {
			  try {
			    const response = await fetch(url, options);
			    const headers = Object.fromEntries(response.headers);
			    return JSON.stringify({ status: response.status, headers, text: await response.text() });
			  } catch (failure) {
			    return JSON.stringify({ blocked: String(failure) });
			  }
			}""";

	/** Reads a stream as pages do that send a token, which EventSource cannot. */
	private static final String FOLLOW = """
			async ([url, headers]) => {
			  window.stopped = new AbortController();
			  const response = await fetch(url, { headers, signal: window.stopped.signal });
			  window.received = '';
			  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
			  const readOn = ({ value, done }) => {
			    window.received += value ?? '';
			    return done ? undefined : reader.read().then(readOn);
			  };
			  reader.read().then(readOn).catch(() => undefined);
			  return response.status;
			}""";

	private static final String OPEN_WITH_COOKIE = """
			(url) => new Promise((resolve) => {
			  const source = new EventSource(url, { withCredentials: true });
			  source.onopen = () => resolve('open');
			  source.onerror = () => resolve('failed');
			})""";

	@RegisterExtension
	static final BrowserExtension browser = new BrowserExtension();

	@Test
	void everyOriginReadsBooksWithTheirHeaders(LecternInstance lectern) {
		for (String origin : List.of("catalog-service", "progress-service")) {
			JsonNode books = fetch(openPage(lectern, origin), lectern.url() + "/api/v1/books?limit=1", Map.of());
			assertThat(books.path("status").asInt()).isEqualTo(200);
			assertThat(books.at("/headers/cursor").asString()).isNotEmpty();
			assertThat(books.at("/headers/etag").asString()).isNotEmpty();
			assertThat(books.at("/headers/link").asString()).contains("rel=\"next\"");
			assertThat(books.at("/headers/x-request-id").asString()).isNotEmpty();
		}
	}

	@Test
	void everyOriginFollowsCatalogAndResumes(LecternInstance lectern) {
		Page page = openPage(lectern, "progress-service");
		CuratorClient curator = new CuratorClient(lectern);
		BrowserStreamClient stream = BrowserStreamClient.connect(page, lectern.url() + EVENTS).awaitOpen(1);
		String first = curator.saveBook("from-another-origin", "First at " + System.nanoTime());
		stream.awaitEventWithId(first, HANG_LIMIT);
		String second = curator.saveBook("from-another-origin", "Second at " + System.nanoTime());

		BrowserStreamClient resumed = BrowserStreamClient.connect(page,
				lectern.url() + EVENTS + "?lastEventId=" + first);

		assertThat(resumed.awaitEventWithId(second, HANG_LIMIT)).first()
			.satisfies((event) -> assertThat(event.id()).isEqualTo(second));
	}

	@Test
	void configuredOriginFollowsPrivateStreamWithToken(LecternInstance lectern) {
		Page page = openPage(lectern, "catalog-service");
		ReaderClient reader = new ReaderClient(lectern);
		String reading = reader.startReading("fluent-python");
		String url = lectern.url() + reader.streamPath();
		assertThat(page.evaluate(FOLLOW, List.of(url, reader.authorizationHeader()))).isEqualTo(200);
		String cursor = reader.reportPosition(reading, 0.25);
		awaitReceived(page, cursor);
		page.evaluate("() => window.stopped.abort()");
		String missed = reader.reportPosition(reading, 0.5);

		Map<String, String> resuming = Map.of("Authorization", reader.authorizationHeader().get("Authorization"),
				"Last-Event-ID", cursor);
		assertThat(page.evaluate(FOLLOW, List.of(url, resuming))).isEqualTo(200);

		awaitReceived(page, missed);
	}

	private static void awaitReceived(Page page, String cursor) {
		page.waitForFunction("(cursor) => window.received.includes('id:' + cursor + '\\n')", cursor,
				new Page.WaitForFunctionOptions().setTimeout(HANG_LIMIT.toMillis()));
	}

	@Test
	void configuredOriginSignsInWithoutCookie(LecternInstance lectern) {
		Page page = openPage(lectern, "catalog-service");
		String handle = "elsewhere-" + UUID.randomUUID().toString().substring(0, 8);
		JsonNode signedIn = registerAndSignIn(page, lectern, handle);
		String token = JsonTrees.parse(signedIn.path("text").asString()).path("accessToken").asString();
		assertThat(token).isNotEmpty();
		assertThat(page.context().cookies()).isEmpty();

		JsonNode readings = fetch(page, readings(lectern, handle),
				Map.of("headers", Map.of("Authorization", "Bearer " + token)));

		assertThat(readings.path("status").asInt()).isEqualTo(200);
		assertThat(readings.at("/headers/cursor").asString()).isNotEmpty();
	}

	@Test
	void otherOriginGetsNothingPrivate(LecternInstance lectern) {
		Page page = browser.openPage(lectern.url() + "/problems");
		String handle = "own-" + UUID.randomUUID().toString().substring(0, 8);
		registerAndSignIn(page, lectern, handle);
		assertThat(page.context().cookies()).isNotEmpty();
		String token = page.context().cookies().getFirst().value;
		Map<String, Object> withCookie = Map.of("credentials", "include");
		assertThat(fetch(page, readings(lectern, handle), withCookie).path("status").asInt()).isEqualTo(200);

		page.navigate(pageOf(lectern, "progress-service"));

		assertBlocked(fetch(page, readings(lectern, handle), withCookie));
		assertBlocked(
				fetch(page, readings(lectern, handle), Map.of("headers", Map.of("Authorization", "Bearer " + token))));
		assertBlocked(fetch(page, lectern.url() + "/api/v1/tokens", json(Map.of())));
		assertThat(page.evaluate(OPEN_WITH_COOKIE, lectern.url() + "/api/v1/readers/" + handle + "/events"))
			.isEqualTo("failed");
	}

	private static void assertBlocked(JsonNode result) {
		assertThat(result.path("blocked").asString("")).contains("Failed to fetch");
	}

	private static JsonNode registerAndSignIn(Page page, LecternInstance lectern, String handle) {
		Map<String, String> account = Map.of("reader", handle, "name", handle, "password", "a password of " + handle);
		JsonNode registered = fetch(page, lectern.url() + "/api/v1/readers", json(account));
		assertThat(registered.path("status").asInt()).isEqualTo(201);
		JsonNode signedIn = fetch(page, lectern.url() + "/api/v1/tokens",
				json(Map.of("reader", handle, "password", account.get("password"))));
		assertThat(signedIn.path("status").asInt()).isEqualTo(200);
		return signedIn;
	}

	private static Map<String, Object> json(Map<String, String> content) {
		return Map.of("method", "POST", "headers", Map.of("Content-Type", "application/json"), "body",
				JsonMapper.shared().writeValueAsString(content));
	}

	private static String readings(LecternInstance lectern, String handle) {
		return lectern.url() + "/api/v1/readers/" + handle + "/readings";
	}

	private static JsonNode fetch(Page page, String url, Map<String, Object> options) {
		return JsonTrees.parse((String) page.evaluate(FETCH, List.of(url, options)));
	}

	private static Page openPage(LecternInstance lectern, String service) {
		return browser.openPage(pageOf(lectern, service));
	}

	/** A document of a service; it is the page that matters here, not what it shows. */
	private static String pageOf(LecternInstance lectern, String service) {
		return lectern.url(service) + (service.equals("catalog-service") ? "/api/v1/topics" : "/.well-known/jwks.json");
	}

}

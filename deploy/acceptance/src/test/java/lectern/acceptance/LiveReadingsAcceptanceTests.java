package lectern.acceptance;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import lectern.web.TestApiClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page keeps the readings of a reader up to date with the scripts of
 * docs/clients-web.md.
 */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class LiveReadingsAcceptanceTests {

	private static final String DOCUMENT = "docs/clients-web.md";

	private static final String ONE_HALF = "{\"fraction\":0.5,\"page\":300,\"device\":{\"id\":\"phone\"}}";

	@RegisterExtension
	static final BrowserExtension browser = new BrowserExtension();

	private ReaderClient reader;

	private TestApiClient phone;

	private void register(LecternInstance lectern) {
		this.reader = new ReaderClient(lectern);
		this.phone = TestApiClient.of(lectern.url() + "/api/v1/readers/" + this.reader.handle()).withToken(token());
	}

	private String token() {
		return this.reader.authorizationHeader().get("Authorization").substring("Bearer ".length());
	}

	@ParameterizedTest
	@EnumSource
	void copyIsSameAsNewReadAfterChangesOfAnotherDevice(Identity identity, LecternInstance lectern) throws Exception {
		register(lectern);
		String first = start("fluent-python");
		String second = start("using-asyncio-in-python");
		String removed = start("the-design-of-web-apis");
		String undo = this.phone.ifMatch("*").delete(readings(removed)).assertStatus(200).at("/undo").asString();
		try (CuttingProxy proxy = new CuttingProxy(lectern.port())) {
			Page page = openPage(proxy.url(), identity, "");
			page.waitForFunction("() => window.shown?.length === 2");
			AtomicInteger lists = countRequests(page, "/readings?");

			this.phone.post(readings(first) + "/positions", ONE_HALF).assertStatus(200);
			this.phone.put(readings(first) + "/plan", "{\"finishBy\":\"2999-01-01T00:00:00Z\"}").assertStatus(201);
			assertSameAsNewRead(page);
			proxy.cut();
			String third = start("architecture-patterns-with-python");
			this.phone.post(readings(third) + "/positions", ONE_HALF).assertStatus(200);
			this.phone.post(readings(third) + "/positions", "{\"fraction\":0.25}").assertStatus(200);
			this.phone.ifMatch("*").delete(readings(first) + "/plan").assertStatus(200);
			this.phone.post(readings(first) + "/finish").assertStatus(200);
			this.phone.post(readings(second) + "/finish").assertStatus(200);
			this.phone.post(readings(second) + "/reopen").assertStatus(200);
			this.phone.ifMatch("*").delete(readings(second)).assertStatus(200);
			assertSameAsNewRead(page);
			assertThat(lists).as("further reads of the list").hasValue(0);

			this.phone.post("/undo", "{\"undo\":\"" + undo + "\"}").assertStatus(200);
			page.waitForCondition(() -> lists.get() == 1);
			assertSameAsNewRead(page);
			assertThat(lists).as("further reads of the list").hasValue(1);
		}
	}

	/** The page closes the stream, so that no client comes back with an ended session. */
	@ParameterizedTest
	@EnumSource
	void pageIsToldOfSignOutElsewhere(Identity identity, LecternInstance lectern) throws Exception {
		register(lectern);
		Page page = openPage(lectern.url(), identity, "");
		AtomicInteger requests = countRequests(page, "/api/");
		page.waitForFunction("() => window.shown?.length === 0");
		this.phone.post("/readings", "{\"book\":\"fluent-python\"}").assertStatus(201);
		page.waitForFunction("() => window.shown?.length === 1");
		int before = requests.get();

		this.phone.delete("/tokens").assertStatus(204);

		page.waitForFunction("() => window.signedOut === 1");
		assertThat(requests).hasValue(before);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(() -> this.phone.get("/readings").assertProblem(401, "unauthenticated"));
	}

	@Test
	void pageReadsAgainWhenItsCursorIsOfAnotherLog(LecternInstance lectern) throws Exception {
		register(lectern);
		String reading = start("fluent-python");
		Page page = openPage(lectern.url(), Identity.COOKIE,
				"""
						open: (path) => new EventSource(window.resets++ ? path : path.replace(/after=.*/, 'after=0123456789ab-1')),
						""");
		page.waitForFunction("() => window.resets === 2");
		this.phone.post(readings(reading) + "/positions", ONE_HALF).assertStatus(200);
		assertSameAsNewRead(page);
	}

	private String start(String book) {
		return this.phone.post("/readings", "{\"book\":\"" + book + "\"}").assertStatus(201).at("/id").asString();
	}

	private static String readings(String id) {
		return "/readings/" + id;
	}

	private Page openPage(String url, Identity identity, String options) throws IOException {
		Page page = browser.openPage(url + "/problems");
		if (identity == Identity.COOKIE) {
			page.context().addCookies(List.of(new Cookie("lectern-token", token()).setUrl(url).setHttpOnly(true)));
		}
		page.evaluate("([reader, token]) => {" + DocumentedFile.read(DOCUMENT, "live-readings.js")
				+ DocumentedFile.read(DOCUMENT, "token-session.js") + DocumentedFile.read(DOCUMENT, "with-token.js")
				+ """
						Object.assign(window, { signedOut: 0, resets: 0 });
						%s {
						  show: (readings) => { window.shown = readings; },
						  signedOut: () => { window.signedOut++; },
						  %s
						});
						}""".formatted(identity.call, options), List.of(this.reader.handle(), token()));
		return page;
	}

	private static AtomicInteger countRequests(Page page, String part) {
		AtomicInteger requests = new AtomicInteger();
		page.onRequest((request) -> requests.addAndGet(request.url().contains(part) ? 1 : 0));
		return requests;
	}

	private void assertSameAsNewRead(Page page) {
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.untilAsserted(
					() -> assertThat(byId(JsonTrees.parse((String) page.evaluate("() => JSON.stringify(shown)"))))
						.isEqualTo(byId(this.phone.get("/readings").assertStatus(200).at("/items"))));
	}

	private static Map<String, JsonNode> byId(JsonNode readings) {
		return readings.valueStream()
			.collect(Collectors.toMap((reading) -> reading.path("id").asString(), (reading) -> reading));
	}

	/** How the page says who its reader is. */
	enum Identity {

		COOKIE("liveReadings(reader,"),

		TOKEN("liveReadingsWithToken(new ReaderSession(location.origin, token), reader,");

		private final String call;

		Identity(String call) {
			this.call = call;
		}

	}

}

package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * The catalog's stream as received by the clients that npm distributes. Most of them
 * store an id only with data, so the address says where to start.
 */
@ExtendWith(LecternExtension.class)
@EnabledIf(value = "lectern.acceptance.NpmPackages#canBeInstalled", disabledReason = "There is no npm on the PATH")
@Timeout(300)
class NpmClientAcceptanceTests {

	private static final String EVENTS = "/api/v1/catalog/events?after=";

	private static final String BOOK = "by-npm-clients";

	/** What EventSource does, with fetch-event-source as its implementation. */
	private static final String FETCH_EVENT_SOURCE = """
			window.EventSource = class extends EventTarget {
			  constructor(url) {
			    super();
			    modules['./fetch'].fetchEventSource(url, {
			      openWhenHidden: true,
			      onopen: async () => this.onopen(),
			      onmessage: ({ event, id, data }) => {
			        if (data) {
			          this.dispatchEvent(Object.assign(new Event(event || 'message'), { data, lastEventId: id }));
			        }
			      },
			      onclose: () => { throw new Error('Connect again'); },
			    });
			  }
			};
			""";

	@TempDir
	static Path folder;

	static NpmPackages packages;

	@BeforeAll
	static void installPackages() throws IOException, InterruptedException {
		packages = NpmPackages.install(folder);
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventsource", "launchdarkly-eventsource", "eventsource-client" })
	void clientInNodeReceivesEverythingOnce(String name, LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String read = curator.saveBook(BOOK, "Read at " + System.nanoTime());
		try (CuttingProxy proxy = new CuttingProxy(lectern.port());
				NodeStreamClient client = NodeStreamClient.connect(packages, name, proxy.url() + EVENTS + read)) {
			for (int cut = 1; cut <= 2; cut++) {
				proxy.cut();
				List<String> missed = saveTwice(curator, cut);
				client.receivedEvents().assertReceivedExactly(missed, HANG_LIMIT);
			}
		}
	}

	@Test
	void polyfillInBrowserReceivesEverythingOnce(LecternInstance lectern) throws Exception {
		String polyfill = packages.read("event-source-polyfill/src/eventsource.js");
		receivesEverythingOnce(lectern, "() => { %s; window.EventSource = window.EventSourcePolyfill; }", polyfill);
	}

	@Test
	void fetchEventSourceInBrowserReceivesEverythingOnce(LecternInstance lectern) throws Exception {
		String library = "@microsoft/fetch-event-source/lib/cjs/";
		receivesEverythingOnce(lectern, "() => { const modules = {}; %s }",
				module("./parse", packages.read(library + "parse.js"))
						+ module("./fetch", packages.read(library + "fetch.js")) + FETCH_EVENT_SOURCE);
	}

	/** Wrap a CommonJS module, whose imports stand before it. */
	private static String module(String name, String source) {
		return "((exports, require) => { " + withoutSourceMap(source) + "\n})(modules['" + name
				+ "'] = {}, (name) => modules[name]);\n";
	}

	private static String withoutSourceMap(String source) {
		return source.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
	}

	private static void receivesEverythingOnce(LecternInstance lectern, String script, String library)
			throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String read = curator.saveBook(BOOK, "Read at " + System.nanoTime());
		try (CuttingProxy proxy = new CuttingProxy(lectern.port()); HeadlessBrowser browser = HeadlessBrowser.start()) {
			Page page = browser.openPage(proxy.url());
			page.evaluate(script.replace("%s", library));
			BrowserStreamClient client = BrowserStreamClient.connect(page, EVENTS + read).awaitOpen(1);
			List<String> written = new ArrayList<>();
			for (int cut = 1; cut <= 2; cut++) {
				proxy.cut();
				written.addAll(saveTwice(curator, cut));
				assertThat(client.awaitEventWithId(written.getLast(), HANG_LIMIT)).extracting(ReceivedEvent::id)
					.containsExactlyElementsOf(written);
			}
		}
	}

	private static List<String> saveTwice(CuratorClient curator, int cut) throws Exception {
		return List.of(curator.saveBook(BOOK, "First after cut " + cut),
				curator.saveBook(BOOK, "Second after cut " + cut));
	}

}

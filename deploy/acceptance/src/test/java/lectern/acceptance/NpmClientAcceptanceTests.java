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
		packages = NpmPackages.install(folder, "npm", "stream.mjs");
	}

	@Test
	void clientsInNodeReceiveEverythingOnce(LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String read = curator.saveBook(BOOK, "Read at " + System.nanoTime());
		try (CuttingProxy proxy = new CuttingProxy(lectern.port());
				NodeStreamClient eventSource = connect("eventsource", proxy, read);
				NodeStreamClient launchDarkly = connect("launchdarkly-eventsource", proxy, read);
				NodeStreamClient eventSourceClient = connect("eventsource-client", proxy, read)) {
			for (int cut = 1; cut <= 2; cut++) {
				proxy.cut();
				List<String> missed = saveTwice(curator, cut);
				eventSource.receivedEvents().assertReceivedExactly(missed, HANG_LIMIT);
				launchDarkly.receivedEvents().assertReceivedExactly(missed, HANG_LIMIT);
				eventSourceClient.receivedEvents().assertReceivedExactly(missed, HANG_LIMIT);
			}
		}
	}

	private static NodeStreamClient connect(String name, CuttingProxy proxy, String read) throws Exception {
		return NodeStreamClient.connect(packages, name, proxy.url() + EVENTS + read);
	}

	@Test
	void clientsInBrowserReceiveEverythingOnce(LecternInstance lectern) throws Exception {
		CuratorClient curator = new CuratorClient(lectern);
		String read = curator.saveBook(BOOK, "Read at " + System.nanoTime());
		try (CuttingProxy proxy = new CuttingProxy(lectern.port()); HeadlessBrowser browser = HeadlessBrowser.start()) {
			BrowserStreamClient polyfill = connect(browser.openPage(proxy.url()), polyfill(), read);
			BrowserStreamClient fetchEventSource = connect(browser.openPage(proxy.url()), fetchEventSource(), read);
			List<String> written = new ArrayList<>();
			for (int cut = 1; cut <= 2; cut++) {
				proxy.cut();
				written.addAll(saveTwice(curator, cut));
				assertReceivedExactly(polyfill, written);
				assertReceivedExactly(fetchEventSource, written);
			}
		}
	}

	/** Subscribe with a script that replaces EventSource. */
	private static BrowserStreamClient connect(Page page, String script, String read) {
		page.evaluate("() => { " + script + " }");
		return BrowserStreamClient.connect(page, EVENTS + read).awaitOpen(1);
	}

	private static void assertReceivedExactly(BrowserStreamClient client, List<String> ids) {
		assertThat(client.awaitEventWithId(ids.getLast(), HANG_LIMIT)).extracting(ReceivedEvent::id)
			.containsExactlyElementsOf(ids);
	}

	private static String polyfill() throws IOException {
		return packages.read("event-source-polyfill/src/eventsource.js")
				+ ";\nwindow.EventSource = window.EventSourcePolyfill;";
	}

	private static String fetchEventSource() throws IOException {
		String library = "@microsoft/fetch-event-source/lib/cjs/";
		return "const modules = {};\n" + module("./parse", packages.read(library + "parse.js"))
				+ module("./fetch", packages.read(library + "fetch.js")) + FETCH_EVENT_SOURCE;
	}

	/** Wrap a CommonJS module, whose imports stand before it. */
	private static String module(String name, String source) {
		return "((exports, require) => { " + withoutSourceMap(source) + "\n})(modules['" + name
				+ "'] = {}, (name) => modules[name]);\n";
	}

	private static String withoutSourceMap(String source) {
		return source.replaceAll("(?m)^//# sourceMappingURL=.*$", "");
	}

	private static List<String> saveTwice(CuratorClient curator, int cut) throws Exception {
		return List.of(curator.saveBook(BOOK, "First after cut " + cut),
				curator.saveBook(BOOK, "Second after cut " + cut));
	}

}

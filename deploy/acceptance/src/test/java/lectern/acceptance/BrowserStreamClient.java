package lectern.acceptance;

import java.time.Duration;
import java.util.List;

import com.microsoft.playwright.Page;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The browser's EventSource, observed by a script in one of our pages. */
final class BrowserStreamClient {

	private static final String SCRIPT = """
			(url) => {
			  const stream = window.stream = { opened: 0, gaveUp: 0, seen: [] };
			  let last;
			  const follow = (address) => {
			    const source = new EventSource(address);
			    source.onopen = () => stream.opened++;
			    for (const name of ['message', 'reset', 'end']) {
			      source.addEventListener(name, ({ data, lastEventId }) => {
			        last = lastEventId;
			        stream.seen.push({ name, id: lastEventId, data });
			      });
			    }
			    source.onerror = () => {
			      if (source.readyState === EventSource.CLOSED) {
			        stream.gaveUp++;
			        setTimeout(() => follow(last ? `${url}?after=${last}` : url), 500);
			      }
			    };
			  };
			  follow(url);
			}""";

	private final Page page;

	private BrowserStreamClient(Page page) {
		this.page = page;
	}

	/** Subscribe to a stream, and reconnect as a page does if it is refused. */
	static BrowserStreamClient connect(Page page, String path) {
		page.evaluate(SCRIPT, path);
		return new BrowserStreamClient(page);
	}

	BrowserStreamClient awaitOpen(int times) {
		await("(times) => window.stream.opened >= times", times, HANG_LIMIT);
		return this;
	}

	ReceivedEvent awaitEventNamed(String name) {
		await("(name) => window.stream.seen.some((event) => event.name === name)", name, HANG_LIMIT);
		return receivedEvents().stream().filter((event) -> event.name().equals(name)).findFirst().orElseThrow();
	}

	/** Wait for an event and return it and all before it. */
	List<ReceivedEvent> awaitEventWithId(String id, Duration bound) {
		await("(id) => window.stream.seen.some((event) => event.id === id)", id, bound);
		return receivedEvents();
	}

	/** Every event so far, in order. */
	List<ReceivedEvent> receivedEvents() {
		return JsonTrees.parse((String) this.page.evaluate("() => JSON.stringify(window.stream.seen)"))
			.valueStream()
			.map(ReceivedEvent::parse)
			.toList();
	}

	/** How often EventSource has given up because of a status other than 200. */
	int closedCount() {
		return (int) this.page.evaluate("() => window.stream.gaveUp");
	}

	private void await(String condition, Object argument, Duration bound) {
		this.page.waitForFunction(condition, argument, new Page.WaitForFunctionOptions().setTimeout(bound.toMillis()));
	}

}

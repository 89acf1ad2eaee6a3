package lectern.acceptance;

import java.time.Duration;
import java.util.List;

import com.microsoft.playwright.Page;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** The browser's own EventSource, followed by a script in a page of ours. */
final class PageStream {

	private static final String FOLLOW = """
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

	private PageStream(Page page) {
		this.page = page;
	}

	/** Follow a stream from here on, and come back as a page does if it is refused. */
	static PageStream in(Page page, String path) {
		page.evaluate(FOLLOW, path);
		return new PageStream(page);
	}

	PageStream awaitOpen(int times) {
		await("(times) => window.stream.opened >= times", times, HANG_LIMIT);
		return this;
	}

	Seen awaitNamed(String name) {
		await("(name) => window.stream.seen.some((event) => event.name === name)", name, HANG_LIMIT);
		return seen().stream().filter((event) -> event.name().equals(name)).findFirst().orElseThrow();
	}

	/** Wait for an event and return it and all before it. */
	List<Seen> awaitId(String id, Duration bound) {
		await("(id) => window.stream.seen.some((event) => event.id === id)", id, bound);
		return seen();
	}

	/** Every event so far, in order. */
	List<Seen> seen() {
		return Json.of((String) this.page.evaluate("() => JSON.stringify(window.stream.seen)"))
			.valueStream()
			.map(Seen::of)
			.toList();
	}

	/** How often EventSource has ended for good, because of an answer other than 200. */
	int gaveUp() {
		return (int) this.page.evaluate("() => window.stream.gaveUp");
	}

	private void await(String condition, Object argument, Duration bound) {
		this.page.waitForFunction(condition, argument, new Page.WaitForFunctionOptions().setTimeout(bound.toMillis()));
	}

}

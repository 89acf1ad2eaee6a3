package lectern.acceptance.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor of the pages, with a browser profile of his own. All that goes wrong in any
 * of his tabs is collected: errors of scripts, messages of the console, violations of the
 * policy. {@link VisitorExtension} fails the test with it.
 */
public final class Visitor {

	private final BrowserContext profile;

	private final String url;

	private final List<String> faults = new CopyOnWriteArrayList<>();

	private boolean watched = true;

	Visitor(BrowserContext profile, String url) {
		this.profile = profile;
		this.url = url;
		profile.onConsoleMessage(this::check);
		profile.onWebError((failure) -> addFault("uncaught: " + failure.error()));
	}

	/** Open an address, for example {@code /books?q=python}, in a new tab. */
	public Page open(String address) {
		Page page = this.profile.newPage();
		page.navigate(this.url + address);
		return page;
	}

	/** Cut the connection to the network, or join it again. */
	public void offline(boolean offline) {
		this.profile.setOffline(offline);
	}

	/** The profile, for what this class does not offer. */
	public BrowserContext profile() {
		return this.profile;
	}

	/** A failed call of the API is for the page to show; the console lists it anyway. */
	private void check(ConsoleMessage message) {
		boolean failedCall = message.text().startsWith("Failed to load resource")
				&& message.location().contains("/api/v1/");
		if (List.of("error", "warning").contains(message.type()) && !failedCall) {
			addFault(message.type() + ": " + message.text() + " (" + message.location() + ")");
		}
	}

	private void addFault(String fault) {
		if (this.watched) {
			this.faults.add(fault);
		}
	}

	/** Expect a message that contains a text, and forget it. */
	public void expectFault(String text) {
		assertThat(this.faults.removeIf((fault) -> fault.contains(text))).as("a fault with " + text).isTrue();
	}

	/**
	 * Assert that nothing went wrong, and stop watching: what a tool does to the page
	 * from now on is no fault of the page.
	 */
	public void stopWatching() {
		assertNoFault();
		this.watched = false;
	}

	void assertNoFault() {
		assertThat(this.faults).as("faults in the browser").isEmpty();
	}

}

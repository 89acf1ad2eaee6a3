package lectern.acceptance.pages;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import lectern.acceptance.HeadlessBrowser;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import tools.jackson.databind.json.JsonMapper;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/**
 * Provides visitors of the pages to the tests of a class. After each test it fails if
 * anything went wrong in the browser of one, and closes their tabs.
 */
public final class VisitorExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private final List<Visitor> visitors = new ArrayList<>();

	private @Nullable HeadlessBrowser browser;

	@Override
	public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
		PlaywrightAssertions.setDefaultAssertionTimeout(HANG_LIMIT.toMillis());
		this.browser = HeadlessBrowser.start();
	}

	/** A visitor who is not signed in, with a wide and light window. */
	public Visitor visitor(LecternInstance lectern) {
		return visitor(lectern, Look.WIDE);
	}

	/** A visitor who is not signed in. */
	public Visitor visitor(LecternInstance lectern, Look look) {
		return visit(lectern, look.options());
	}

	/** A visitor who is signed in as this reader, with a wide and light window. */
	public Visitor signedIn(LecternInstance lectern, ReaderClient reader) {
		return signedIn(lectern, reader, Look.WIDE);
	}

	/** A visitor who is signed in as this reader. */
	public Visitor signedIn(LecternInstance lectern, ReaderClient reader, Look look) {
		return signedIn(lectern, reader.handle(), reader.token(), look);
	}

	/** A visitor who is signed in as curator and operator. */
	public Visitor admin(LecternInstance lectern, Look look) {
		return signedIn(lectern, "admin", lectern.adminToken(), look);
	}

	/** The pages remember who has signed in; the cookie proves it. */
	private Visitor signedIn(LecternInstance lectern, String handle, String token, Look look) {
		String session = JsonMapper.shared().writeValueAsString("{\"reader\":\"" + handle + "\"}");
		return visit(lectern, look.options().setStorageState("""
				{"cookies": [{"name": "lectern-token", "value": "%s", "domain": "127.0.0.1", "path": "/", "expires": -1,
				              "httpOnly": true, "secure": false, "sameSite": "Strict"}],
				 "origins": [{"origin": "%s", "localStorage": [{"name": "lectern.session", "value": %s}]}]}
				""".formatted(token, lectern.url(), session)));
	}

	private Visitor visit(LecternInstance lectern, Browser.NewContextOptions options) {
		Visitor visitor = new Visitor(Objects.requireNonNull(this.browser).openProfile(options), lectern.url());
		this.visitors.add(visitor);
		return visitor;
	}

	@Override
	public void afterEach(ExtensionContext context) {
		try {
			this.visitors.forEach(Visitor::assertNoFault);
		}
		finally {
			this.visitors.forEach((visitor) -> visitor.profile().close());
			this.visitors.clear();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.browser != null) {
			this.browser.close();
		}
	}

}

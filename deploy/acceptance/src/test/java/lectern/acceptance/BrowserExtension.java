package lectern.acceptance;

import java.io.IOException;
import java.util.Objects;

import com.microsoft.playwright.Page;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Provides a browser to the tests of a class, whose pages are closed after each test. */
final class BrowserExtension implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

	private @Nullable HeadlessBrowser browser;

	@Override
	public void beforeAll(ExtensionContext context) throws IOException, InterruptedException {
		this.browser = HeadlessBrowser.start();
	}

	/** Open a page with its own cookies. */
	Page openPage(String url) {
		return Objects.requireNonNull(this.browser).openPage(url);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		Objects.requireNonNull(this.browser).closePages();
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.browser != null) {
			this.browser.close();
		}
	}

}

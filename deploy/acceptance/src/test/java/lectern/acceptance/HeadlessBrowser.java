package lectern.acceptance;

import java.io.IOException;
import java.util.List;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;

import static lectern.web.TestTimeouts.HANG_LIMIT;

/** A headless browser whose pages have profiles of their own. */
public final class HeadlessBrowser implements AutoCloseable {

	private static final List<String> LAUNCH_ARGUMENTS = List.of("--disable-gpu", "--disable-quic", "--disable-sync");

	private final Playwright playwright;

	private final Browser browser;

	private HeadlessBrowser(Playwright playwright, Browser browser) {
		this.playwright = playwright;
		this.browser = browser;
	}

	/** Start the installed browser, or else one that Playwright can download. */
	public static HeadlessBrowser start() throws IOException, InterruptedException {
		// Playwright disables the sandbox itself, as root and containers require.
		BrowserType.LaunchOptions options = new BrowserType.LaunchOptions().setArgs(LAUNCH_ARGUMENTS);
		InstalledBrowser.find().ifPresent(options::setExecutablePath);
		if (options.executablePath == null) {
			PlaywrightDriver.installBrowser();
		}
		Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(PlaywrightDriver.NO_DOWNLOAD));
		return new HeadlessBrowser(playwright, playwright.chromium().launch(options));
	}

	/** Open a page with its own cookies. */
	Page openPage(String url) {
		Page page = this.browser.newContext().newPage();
		page.setDefaultTimeout(HANG_LIMIT.toMillis());
		page.navigate(url);
		return page;
	}

	/** Open a profile of its own, which is closed with the browser. */
	public BrowserContext openProfile(Browser.NewContextOptions options) {
		BrowserContext profile = this.browser.newContext(options);
		profile.setDefaultTimeout(HANG_LIMIT.toMillis());
		return profile;
	}

	void closePages() {
		this.browser.contexts().forEach(BrowserContext::close);
	}

	@Override
	public void close() {
		this.browser.close();
		this.playwright.close();
	}

}

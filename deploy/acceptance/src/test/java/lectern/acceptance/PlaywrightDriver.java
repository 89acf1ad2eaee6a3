package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import com.microsoft.playwright.impl.driver.Driver;

/** Playwright's driver from Maven Central: a Node.js with a browser download. */
final class PlaywrightDriver {

	/** Without this setting, three unneeded browsers are downloaded. */
	static final Map<String, String> NO_DOWNLOAD = Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");

	private static final Duration DOWNLOAD_TIMEOUT = Duration.ofSeconds(180);

	private static final String NO_BROWSER_MESSAGE = "The browser tests need Chromium or Chrome, and none is on the PATH"
			+ " nor can Playwright fetch one. Install one (Debian: apt-get install chromium; macOS: brew install"
			+ " --cask chromium; or any Chrome), then run this again. Playwright said:%n%s";

	private PlaywrightDriver() {
	}

	static Path nodeExecutable() {
		return driver().driverDir().resolve("node");
	}

	/** Download Playwright's own browser, which it then finds by itself. */
	static void installBrowser() throws IOException, InterruptedException {
		Path said = Files.createTempFile("playwright", ".out");
		ProcessBuilder install = driver().createProcessBuilder()
			.redirectErrorStream(true)
			.redirectOutput(said.toFile());
		install.command().addAll(List.of("install", "--only-shell", "chromium"));
		Process running = install.start();
		try {
			if (!running.waitFor(DOWNLOAD_TIMEOUT.toSeconds(), TimeUnit.SECONDS) || running.exitValue() != 0) {
				throw new IllegalStateException(NO_BROWSER_MESSAGE.formatted(Files.readString(said)));
			}
		}
		finally {
			running.destroyForcibly();
			Files.delete(said);
		}
	}

	private static Driver driver() {
		return Driver.ensureDriverInstalled(NO_DOWNLOAD, false);
	}

}

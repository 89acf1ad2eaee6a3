package lectern.acceptance.pages;

import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** A reader uses two browsers, as on a phone and on a laptop. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class TwoBrowsersAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private TestApiClient api;

	private String reading;

	private ReaderTab phone;

	private ReaderTab laptop;

	@BeforeEach
	void openPages(LecternInstance lectern) {
		ReaderClient reader = new ReaderClient(lectern);
		this.api = TestApiClient.of(lectern.url() + "/api/v1/readers/" + reader.handle()).withToken(reader.token());
		this.reading = reader.startReading("fluent-python");
		this.phone = ReaderTab.open(visitors.signedIn(lectern, reader), "/me").awaitLive();
		this.laptop = ReaderTab.open(visitors.signedIn(lectern, reader), "/me").awaitLive();
	}

	@Test
	void nothingIsMissingAfterRestartOfService(LecternInstance lectern) throws Exception {
		this.laptop.follow();
		long reported = System.nanoTime();
		this.phone.report(this.reading, 0.25);
		this.laptop.awaitPosition(this.reading, 0.25);
		System.out.println("acceptance: a report of one browser was in the other after "
				+ (System.nanoTime() - reported) / 1_000_000 + " ms");
		this.phone.awaitSent();

		long stopped = lectern.pid("progress-service");
		lectern.suspend("progress-service");
		this.phone.report(this.reading, 0.5, 0.75);
		assertThat(this.phone.status("waiting")).hasText("2 waiting");
		assertThat(this.phone.status("live")).hasCount(0);
		this.phone.awaitPosition(this.reading, 0.75);
		lectern.kill("progress-service");
		lectern.awaitRestart("progress-service", stopped);

		this.laptop.awaitPosition(this.reading, 0.75);
		this.phone.awaitSent();
		this.phone.awaitLive();
		this.laptop.awaitLive();
		assertThat(this.laptop.followedVersions()).hasToString("[2, 3, 4]");
		assertThat(this.api.get("/readings/" + this.reading + "/history").assertStatus(200).at("/items")).hasSize(4);
	}

	@Test
	void signOutOfOneBrowserEndsTheOther() {
		this.phone.page().evaluate("""
				async () => (await import('/assets/kit/session.js')).signOut({ everywhere: true })""");

		assertThat(this.laptop.status("signed-out")).hasText("Signed out elsewhere");
		assertThat(this.phone.status("signed-out")).hasCount(0);
	}

}

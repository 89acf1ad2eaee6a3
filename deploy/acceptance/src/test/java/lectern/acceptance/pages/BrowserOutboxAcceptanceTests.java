package lectern.acceptance.pages;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.Cookie;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.ReaderClient;
import lectern.web.TestApiClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a reader does in the browser is not lost while the service cannot be reached. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class BrowserOutboxAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	private ReaderClient reader;

	private TestApiClient phone;

	private String reading;

	private Visitor visitor;

	private ReaderTab tab;

	@BeforeEach
	void openPage(LecternInstance lectern) {
		this.reader = new ReaderClient(lectern);
		this.phone = TestApiClient.of(lectern.url() + "/api/v1/readers/" + this.reader.handle())
			.withToken(this.reader.token());
		this.reading = this.reader.startReading("fluent-python");
		this.visitor = visitors.signedIn(lectern, this.reader);
		this.tab = ReaderTab.open(this.visitor, "/me").awaitLive();
	}

	@Test
	void reportsMadeOfflineAreSentOnceAfterReload(LecternInstance lectern) {
		this.visitor.offline(true);
		this.tab.report(this.reading, 0.11, 0.12, 0.13);
		assertThat(this.tab.status("waiting")).hasText("3 waiting");
		assertThat(this.tab.status("offline")).isVisible();
		this.tab.awaitPosition(this.reading, 0.13);
		assertThatThrownBy(() -> this.tab.page().reload()).isInstanceOf(PlaywrightException.class);

		this.visitor.offline(false);
		this.tab.page().navigate(lectern.url() + "/me");
		this.tab.awaitLive();
		this.tab.awaitSent();

		List<JsonNode> reports = reports();
		assertThat(reports).extracting((report) -> report.at("/position/fraction").asDouble())
			.containsExactly(0.13, 0.12, 0.11);
		assertThat(reports).extracting((report) -> Instant.parse(report.path("occurredAt").asString()))
			.isSortedAccordingTo(Comparator.reverseOrder())
			.doesNotHaveDuplicates();
	}

	private List<JsonNode> reports() {
		return this.phone.get("/readings/" + this.reading + "/history")
			.assertStatus(200)
			.at("/items")
			.valueStream()
			.filter((entry) -> entry.path("type").asString().equals("position-reported"))
			.toList();
	}

	@Test
	void refusedReportIsTakenBackAndExplained() {
		this.reader.reportPosition(this.reading, 0.5);
		this.tab.awaitPosition(this.reading, 0.5);
		this.visitor.offline(true);
		this.tab.awaitPosition(this.reading, 0.5);
		this.phone.post("/readings/" + this.reading + "/finish").assertStatus(200);
		this.tab.report(this.reading, 0.75);
		this.tab.awaitPosition(this.reading, 0.75);

		this.visitor.offline(false);

		this.tab.status("refused").click();
		Locator dialog = this.tab.page().getByRole(AriaRole.DIALOG);
		assertThat(dialog).containsText("Fluent Python");
		assertThat(dialog).containsText("finished");
		this.tab.awaitPosition(this.reading, 0.5);
		assertThat(reports()).hasSize(1);
		button(dialog, "Dismiss").click();
		assertThat(this.tab.status("refused")).hasCount(0);
	}

	/** Also if the reader signs out before the report is stored. */
	@Test
	void signingOutAsksWhileSomethingWaits() {
		this.visitor.offline(true);
		this.tab.page().evaluate("""
				async (reading) => {
				  const { sendCommand } = await import('/assets/kit/outbox.js');
				  const { signOut } = await import('/assets/kit/session.js');
				  sendCommand({ type: 'report', reading, fraction: 0.25 }).catch(() => {});
				  window.signedOut = signOut();
				  return null;
				}""", this.reading);
		Locator question = this.tab.page().getByRole(AriaRole.DIALOG);
		assertThat(question).containsText("1 change has not been sent.");

		button(question, "Stay signed in").click();
		this.visitor.offline(false);

		assertThat(this.tab.page().evaluate("() => signedOut")).isEqualTo(false);
		this.tab.awaitSent();
		assertThat(reports()).hasSize(1);
	}

	private static Locator button(Locator within, String name) {
		return within.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
	}

	@Test
	void whatWaitsIsSentByItsOwnReaderOnly(LecternInstance lectern) {
		this.visitor.offline(true);
		this.tab.report(this.reading, 0.25);
		assertThat(this.tab.status("waiting")).isVisible();

		signInAs(new ReaderClient(lectern), lectern);
		assertThat(this.tab.status("waiting")).hasCount(0);
		assertThat(reports()).isEmpty();

		signInAs(this.reader, lectern);
		this.tab.awaitSent();
		assertThat(reports()).hasSize(1);
	}

	/** Let somebody sign in with this browser, in a new tab. */
	private void signInAs(ReaderClient other, LecternInstance lectern) {
		this.tab.page()
			.evaluate("(reader) => localStorage.setItem('lectern.session', JSON.stringify({ reader }))",
					other.handle());
		this.tab.page().close();
		this.visitor.profile()
			.addCookies(List.of(new Cookie("lectern-token", other.token()).setUrl(lectern.url()).setHttpOnly(true)));
		this.visitor.offline(false);
		this.tab = ReaderTab.open(this.visitor, "/me").awaitLive();
	}

}

package lectern.acceptance.pages;

import java.util.UUID;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import lectern.acceptance.CuratorClient;
import lectern.acceptance.LecternExtension;
import lectern.acceptance.LecternInstance;
import lectern.acceptance.OpenImport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The pages of curators. */
@ExtendWith(LecternExtension.class)
@Timeout(300)
class CurationAcceptanceTests {

	@RegisterExtension
	static final VisitorExtension visitors = new VisitorExtension();

	@Test
	void bookThatIsEditedInTwoTabsLosesNoChange(LecternInstance lectern) {
		CuratorClient curator = new CuratorClient(lectern);
		String book = newBook(curator);
		Visitor visitor = visitors.admin(lectern, Look.WIDE);
		Page mine = visitor.open("/curate/books/" + book);
		Page theirs = visitor.open("/curate/books/" + book);
		mine.locator("#title").waitFor();

		theirs.locator("#title").fill("Theirs");
		theirs.locator("#summary").fill("Their summary");
		save(theirs);
		assertThat(theirs.locator("form [role=status]")).hasText("Saved as version 2");
		assertThat(mine.locator(".note")).containsText("This book was changed meanwhile");
		mine.locator("#title").fill("Mine");
		mine.locator("#topics").fill("Testing\nPages");
		save(mine);

		assertThat(mine.locator("lectern-conflict fieldset")).containsText("Theirs");
		assertThat(mine.locator("lectern-conflict")).containsText("Their summary");
		assertThat(curator.getBook(book).path("title").asString()).isEqualTo("Theirs");
		KeyboardUser user = new KeyboardUser(mine);
		user.goTo(mine.locator("lectern-conflict input[value=theirs]")).press("ArrowDown");
		user.goTo(mine.locator("button:text('Save this')")).press("Enter");
		assertThat(mine.locator("form [role=status]")).hasText("Saved as version 3");
		JsonNode saved = curator.getBook(book);
		assertThat(saved.path("title").asString()).isEqualTo("Mine");
		assertThat(saved.path("summary").asString()).isEqualTo("Their summary");
		assertThat(saved.path("topics").toString()).isEqualTo("[\"Testing\",\"Pages\"]");
	}

	@Test
	void faultOfAPartIsSaidAtItsFieldAndBookIsRemovedByKeyboardAlone(LecternInstance lectern) {
		String book = newBook(new CuratorClient(lectern));
		Page page = visitors.admin(lectern, Look.NARROW).open("/curate/books/" + book);
		KeyboardUser user = new KeyboardUser(page);

		user.goTo(page.locator("button:text('Add an edition')")).press("Enter");
		user.fill(page.locator("#editions-0-label"), "2nd edition");
		user.fill(page.locator("#editions-0-year"), "soon").press("Enter");
		assertThat(page.locator("#editions-0-year-fault")).containsText("whole number");
		assertThat(page.locator("#editions-0-year")).isFocused();
		user.fill(page.locator("#editions-0-year"), "2026").press("Enter");
		assertThat(page.locator("form [role=status]")).hasText("Saved as version 2");

		user.goTo(page.locator("lectern-remove-book .ask")).press("Enter");
		assertThat(page.locator("lectern-remove-book .keep")).isFocused();
		user.press("Shift+Tab").press("Enter");
		assertThat(page).hasURL(lectern.url() + "/books");
		page.navigate(lectern.url() + "/curate/books/" + book);
		assertThat(page.locator("lectern-book-form-page [role=alert]")).isVisible();
	}

	@Test
	void importIsWatchedWhileItComesIn(LecternInstance lectern) throws Exception {
		String source = newName();
		Page page = visitors.admin(lectern, Look.WIDE).open("/curate/imports");
		page.locator("#file").waitFor();

		try (OpenImport running = OpenImport.start(lectern.port(), source, lectern.adminToken())) {
			page.locator("a:text('" + source + "')").click();
			assertThat(page.locator("lectern-import")).containsText("running");
			running.sendLine("this is no book");
			for (int books = 0; books < 600; books++) {
				running.sendBook();
			}
			assertThat(page.locator("lectern-import .import-counts")).hasText(Pattern.compile("^[1-9]"));
			running.finish();
		}

		assertThat(page.locator("lectern-import")).containsText("done");
		assertThat(page.locator("lectern-import .import-counts")).containsText("602 read: 601 added");
		assertThat(page.locator(".refusals tbody tr")).hasCount(1);
		assertThat(page.locator(".refusals tbody")).containsText("this is no book");
	}

	@Test
	void listIsSentByKeyboardAloneAndRefusedLinesAreShown(LecternInstance lectern) {
		String source = newName();
		Page page = visitors.admin(lectern, Look.NARROW).open("/curate/imports");
		KeyboardUser user = new KeyboardUser(page);

		user.goTo(page.locator("input[value=markdown]")).press("ArrowDown");
		user.fill(page.locator("#text"), "{\"type\":\"book\",\"title\":\"No id <img src=x onerror=alert(1)>\"}");
		user.fill(page.locator("#source"), source);
		user.goTo(page.locator("lectern-import-form button")).press("Enter");

		assertThat(page.locator("lectern-import h2")).hasText(source);
		assertThat(page.locator(".refusals tbody")).containsText("<img src=x onerror=alert(1)>");
		assertThat(page.locator("lectern-imports-page .rows")).containsText(source);
	}

	private static void save(Page page) {
		page.locator("form .button-main").click();
	}

	private static String newBook(CuratorClient curator) {
		String book = newName();
		curator.saveBook(book, "A book to edit");
		return book;
	}

	private static String newName() {
		return "curated-" + UUID.randomUUID().toString().substring(0, 8);
	}

}

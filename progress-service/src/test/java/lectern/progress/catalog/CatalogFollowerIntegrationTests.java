package lectern.progress.catalog;

import java.net.URI;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import lectern.progress.log.EventTypes;
import lectern.progress.log.TestLog;
import lectern.progress.model.Book;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The follower against a real HTTP server and a real database. */
class CatalogFollowerIntegrationTests {

	private final TestLog test = new TestLog(new EventTypes());

	private final TestCatalog catalog = new TestCatalog();

	private final KnownBooks books = new KnownBooks(this.test.database);

	private CatalogFollower follower = follower();

	private CatalogFollower follower() {
		return new CatalogFollower(new CatalogStream(new CatalogAddress(URI.create(this.catalog.url()))),
				new KnownCatalog(this.test.database, this.test.transaction));
	}

	@BeforeEach
	void someBooksThatWereThereBefore() {
		this.catalog.book("first", "First", "Ann");
		this.catalog.book("second", "Second", "Bob");
	}

	@AfterEach
	void stop() {
		this.follower.stop();
		this.catalog.close();
		this.test.close();
	}

	@Test
	void whatWasThereBeforeAndWhatComesIsKnown() throws InterruptedException {
		this.follower.start();
		assertThat(this.follower.isRunning()).isTrue();
		assertThat(this.catalog.nextAsked()).isEqualTo("start");
		known("second", "Second");
		this.catalog.book("third", "Third", "Eve");
		known("third", "Third");
		this.catalog.book("first", "First, revised", "Ann");
		known("first", "First, revised");
		assertThat(this.books.find("first").block(HANG_LIMIT))
			.isEqualTo(new Book("first", "First, revised", List.of("Ann")));
		StepVerifier.create(this.books.find("fourth")).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void afterACutItGoesOnWhereItWas() throws InterruptedException {
		this.follower.start();
		known("second", "Second");
		this.catalog.failTimes(2);
		this.catalog.cut();
		this.catalog.book("third", "Third", "Eve");
		known("third", "Third");
		assertThat(this.catalog.nextAsked()).isEqualTo("start");
		assertThat(this.catalog.nextAsked()).isEqualTo("catalogtest-2");
	}

	@Test
	void afterARestartItGoesOnWhereItWas() throws InterruptedException {
		this.follower.start();
		known("second", "Second");
		assertThat(this.catalog.nextAsked()).isEqualTo("start");
		this.follower.stop();
		this.follower = follower();
		this.follower.start();
		assertThat(this.catalog.nextAsked()).isEqualTo("catalogtest-2");
	}

	@Test
	void whatIsTornOffIsNotTakenInHalf() throws InterruptedException {
		this.catalog.tearNext();
		this.follower.start();
		known("second", "Second");
		assertThat(this.catalog.nextAsked()).isEqualTo("start");
		assertThat(Objects.requireNonNull(this.catalog.nextAsked())).isIn("start", "catalogtest-0");
	}

	@Test
	void anEventThatComesTwiceIsHarmless() {
		this.follower.start();
		known("second", "Second");
		this.catalog.repeatNext();
		this.catalog.cut();
		this.catalog.book("third", "Third", "Eve");
		known("third", "Third");
		this.test.eventually("select count(*) = 3 from known_book");
	}

	@Test
	void anotherLogIsReadFromItsStart() throws InterruptedException {
		this.follower.start();
		known("second", "Second");
		this.catalog.becomeAnother("anotherepoch");
		this.catalog.book("new", "New", "Ann");
		known("new", "New");
		assertThat(this.catalog.nextAsked()).isEqualTo("start");
		assertThat(this.catalog.nextAsked()).isEqualTo("catalogtest-2");
		assertThat(this.catalog.nextAsked()).isEqualTo("start");
		this.test.eventually("select cursor = 'anotherepoch-1' from catalog_cursor");
		// A reading can have been started of it: it stays known.
		known("first", "First");
	}

	@Test
	void aBookThatIsRemovedIsNotKnownAnyMore() {
		this.follower.start();
		known("second", "Second");
		this.catalog.removal("first");
		this.test.eventually("select not exists (select from known_book where id = 'first')");
		StepVerifier.create(this.books.find("first")).expectComplete().verify(HANG_LIMIT);
		known("second", "Second");
		// The same again is harmless.
		this.catalog.removal("first");
		this.catalog.book("third", "Third", "Eve");
		known("third", "Third");
	}

	@Test
	void pathsAreKept() {
		this.catalog.event("""
				{"type":"path-added","path":"temporal-architect","data":{"gates":[{"title":"\\u0000\\ud800"}]}}""");
		this.follower.start();
		this.test.eventually("select count(*) = 1 from known_path where id = 'temporal-architect'");
	}

	@Test
	void aPathIsNotedWhenItIsAnotherAndNotWhenItComesAgain() {
		this.catalog.path("architect", 1, "[]");
		this.follower.start();
		this.test.eventually("select count(*) = 1 from changed_path where path = 'architect'");
		this.test.execute("delete from changed_path");
		this.catalog.path("architect", 1, "[]");
		known("second", "Second");
		this.catalog.book("third", "Third", "Eve");
		known("third", "Third");
		this.test.eventually("select count(*) = 0 from changed_path");
		this.catalog.path("architect", 2, "[]");
		this.test.eventually("select count(*) = 1 from changed_path where path = 'architect'");
	}

	@Test
	void whatMakesNoSenseIsPassedOver() {
		List<String> nonsense = List.of("", "nonsense", "{", "7", "[]", "null", "{}", "{\"type\":7}",
				"{\"type\":\"book-added\"}", "{\"type\":\"book-added\",\"book\":7,\"data\":{\"title\":\"x\"}}",
				"{\"type\":\"book-added\",\"book\":\"x\",\"data\":7}",
				"{\"type\":\"book-added\",\"book\":\"x\",\"data\":{\"title\":\"\"}}",
				"{\"type\":\"book-added\",\"book\":\"x\",\"data\":{\"title\":\"a\\u0000b\"}}",
				"{\"type\":\"book-added\",\"book\":\"a\\u0000b\",\"data\":{\"title\":\"x\"}}",
				"{\"type\":\"book-added\",\"book\":\"x\",\"data\":{\"title\":\"x\",\"authors\":[null]}}",
				"{\"type\":\"book-added\",\"book\":\"x\",\"data\":{\"title\":\"x\",\"authors\":[\"\\u0000\"]}}",
				"{\"type\":\"path-added\",\"path\":\"x\",\"data\":\"x\"}", "{\"type\":\"book-removed\"}",
				"{\"type\":\"path-removed\"}", "{\"type\":\"path-removed\",\"path\":\"a\\u0000b\"}",
				"{\"type\":\"book-removed\",\"book\":\"a\\u0000b\"}", "{\"type\":\"of-later-times\",\"data\":{}}",
				"{\"type\":\"book-added\",\"type\":\"book-added\"}");
		nonsense.forEach(this.catalog::event);
		this.catalog.book("third", "Third", "Eve");
		this.follower.start();
		known("third", "Third");
		this.test.eventually("select cursor = '" + cursor(3 + nonsense.size()) + "' from catalog_cursor");
		this.test.eventually("select count(*) = 3 from known_book");
	}

	@Test
	void thousandsOfEventsAreTakenIn() {
		for (int number = 0; number < 3000; number++) {
			this.catalog.book("book-" + number, "Book " + number, "Ann");
		}
		this.follower.start();
		this.test.eventually("select cursor = '" + cursor(3002) + "' from catalog_cursor");
		this.test.eventually("select count(*) = 3002 from known_book");
	}

	@Test
	void withoutACatalogWhatIsKnownStaysKnown() {
		this.follower.start();
		known("second", "Second");
		this.catalog.close();
		assertThat(this.books.find("second").block(HANG_LIMIT)).isNotNull();
	}

	private void known(String id, String title) {
		this.test
			.eventually("select exists (select from known_book where id = '" + id + "' and title = '" + title + "')");
	}

	private static String cursor(int position) {
		return "catalogtest-" + Integer.toString(position, Character.MAX_RADIX);
	}

}

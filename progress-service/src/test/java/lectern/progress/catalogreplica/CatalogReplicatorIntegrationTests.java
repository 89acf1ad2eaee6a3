package lectern.progress.catalogreplica;

import java.net.URI;
import java.util.List;
import java.util.Objects;

import lectern.progress.eventlog.EventLogFixture;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.model.BookEdition;
import lectern.progress.model.BookSnapshot;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.ServiceAddresses;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The replicator with a real HTTP server and a real database. */
class CatalogReplicatorIntegrationTests {

	private final EventLogFixture test = new EventLogFixture(new EventTypes());

	private final TestCatalog catalog = new TestCatalog();

	private final BookReplica books = new BookReplica(this.test.database);

	private CatalogReplicator replicator = replicator();

	private ServiceAddresses addresses() {
		List<URI> url = List.of(URI.create(this.catalog.url()));
		return new ServiceAddresses(new ServiceAddresses.CatalogAddress(url),
				new ServiceAddresses.ProgressAddress(url));
	}

	private CatalogReplicator replicator() {
		return new CatalogReplicator(new CatalogStreamClient(addresses()),
				new CatalogReplica(this.test.database, this.test.transactions));
	}

	@BeforeEach
	void addInitialBooks() {
		this.catalog.putBook("first", "First", "Ann");
		this.catalog.putBook("second", "Second", "Bob");
	}

	@AfterEach
	void stop() {
		this.replicator.stop();
		this.catalog.close();
		this.test.close();
	}

	@Test
	void existingAndNewBooksAreReplicated() throws InterruptedException {
		this.replicator.start();
		assertThat(this.replicator.isRunning()).isTrue();
		assertThat(this.catalog.nextRequestedId()).isEqualTo("start");
		awaitBook("second", "Second");
		this.catalog.putBook("third", "Third", "Eve");
		awaitBook("third", "Third");
		this.catalog.putBook("first", "First, revised", "Ann");
		awaitBook("first", "First, revised");
		assertThat(this.books.find("first").block(HANG_LIMIT))
			.isEqualTo(new BookSnapshot("first", "First, revised", List.of("Ann")));
		StepVerifier.create(this.books.find("fourth")).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void reconnectResumesFromLastCursor() throws InterruptedException {
		this.replicator.start();
		awaitBook("second", "Second");
		this.catalog.failNextRequests(2);
		this.catalog.disconnect();
		this.catalog.putBook("third", "Third", "Eve");
		awaitBook("third", "Third");
		assertThat(this.catalog.nextRequestedId()).isEqualTo("start");
		assertThat(this.catalog.nextRequestedId()).isEqualTo("catalogtest-2");
	}

	@Test
	void restartResumesFromStoredCursor() throws InterruptedException {
		this.replicator.start();
		awaitBook("second", "Second");
		assertThat(this.catalog.nextRequestedId()).isEqualTo("start");
		this.replicator.stop();
		this.replicator = replicator();
		this.replicator.start();
		assertThat(this.catalog.nextRequestedId()).isEqualTo("catalogtest-2");
	}

	@Test
	void truncatedEventIsNotApplied() throws InterruptedException {
		this.catalog.truncateNextEvent();
		this.replicator.start();
		awaitBook("second", "Second");
		assertThat(this.catalog.nextRequestedId()).isEqualTo("start");
		assertThat(Objects.requireNonNull(this.catalog.nextRequestedId())).isIn("start", "catalogtest-0");
	}

	@Test
	void duplicateEventIsIdempotent() {
		this.replicator.start();
		awaitBook("second", "Second");
		this.catalog.duplicateNextEvent();
		this.catalog.disconnect();
		this.catalog.putBook("third", "Third", "Eve");
		awaitBook("third", "Third");
		this.test.awaitTrue("select count(*) = 3 from book_replica");
	}

	@Test
	void replacedLogIsReadFromStart() throws InterruptedException {
		this.replicator.start();
		awaitBook("second", "Second");
		this.catalog.replaceLog("anotherepoch");
		this.catalog.putBook("new", "New", "Ann");
		awaitBook("new", "New");
		assertThat(this.catalog.nextRequestedId()).isEqualTo("start");
		assertThat(this.catalog.nextRequestedId()).isEqualTo("catalogtest-2");
		assertThat(this.catalog.nextRequestedId()).isEqualTo("start");
		this.test.awaitTrue("select cursor = 'anotherepoch-1' from catalog_cursor");
		// The book stays known, because a reading of it may exist.
		awaitBook("first", "First");
	}

	@Test
	void removedBookIsDeletedFromReplica() {
		this.replicator.start();
		awaitBook("second", "Second");
		this.catalog.removeBook("first");
		this.test.awaitTrue("select not exists (select from book_replica where id = 'first')");
		StepVerifier.create(this.books.find("first")).expectComplete().verify(HANG_LIMIT);
		awaitBook("second", "Second");
		// Removing it again changes nothing.
		this.catalog.removeBook("first");
		this.catalog.putBook("third", "Third", "Eve");
		awaitBook("third", "Third");
	}

	@Test
	void editionsAreReplicated() {
		this.catalog.putBook("third", "Third", "Eve", "[{\"label\":\"2nd edition\",\"pages\":300}]");
		this.replicator.start();
		awaitBook("third", "Third");
		assertThat(edition("third", "2nd edition")).isEqualTo(new BookEdition("2nd edition", 300));
		assertThat(edition("first", "2nd edition")).isNull();
		this.catalog.putBook("third", "Third", "Eve", "[{\"label\":\"3rd edition\",\"pages\":320}]");
		this.catalog.putBook("fourth", "Fourth", "Eve");
		awaitBook("fourth", "Fourth");
		assertThat(edition("third", "2nd edition")).isNull();
		assertThat(edition("third", "3rd edition")).isEqualTo(new BookEdition("3rd edition", 320));
	}

	@Test
	void editionsOfBooksReplicatedByEarlierReleaseAreCopied() {
		this.replicator.start();
		awaitBook("second", "Second");
		this.catalog.putBook("third", "Third", "Eve", "[{\"label\":\"2nd edition\",\"pages\":300}]");
		this.catalog.putBook("removed", "Removed", "Eve");
		awaitBook("removed", "Removed");
		this.replicator.stop();
		this.test.execute("update book_replica set editions = null");
		this.catalog.removeBook("removed");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> edition("third", "2nd edition"))
			.satisfies((problem) -> assertThat(problem.type()).isEqualTo(ProblemType.UNAVAILABLE));

		EditionBackfill backfill = new EditionBackfill(this.books, new CatalogBookClient(addresses()));
		backfill.start();
		this.test.awaitTrue("select not exists (select from book_replica where editions is null)");
		backfill.stop();

		assertThat(edition("third", "2nd edition")).isEqualTo(new BookEdition("2nd edition", 300));
		assertThat(edition("removed", "2nd edition")).isNull();
	}

	/** An event of the catalog may be applied while an older document is on its way. */
	@Test
	void copiedEditionsDoNotReplaceThoseOfAnEvent() {
		this.catalog.putBook("third", "Third", "Eve", "[{\"label\":\"2nd edition\",\"pages\":300}]");
		this.replicator.start();
		awaitBook("third", "Third");
		this.books.storeMissingEditions("third", "[]").block(HANG_LIMIT);
		assertThat(edition("third", "2nd edition")).isNotNull();
	}

	@Test
	void pathsAreReplicated() {
		this.catalog.sendEvent("""
				{"type":"path-added","path":"temporal-architect","data":{"gates":[{"title":"\\u0000\\ud800"}]}}""");
		this.replicator.start();
		this.test.awaitTrue("select count(*) = 1 from path_replica where id = 'temporal-architect'");
	}

	@Test
	void onlyChangedPathIsQueuedForGateCheck() {
		this.catalog.putPath("architect", 1, "[]");
		this.replicator.start();
		this.test.awaitTrue("select count(*) = 1 from changed_path where path = 'architect'");
		this.test.execute("delete from changed_path");
		this.catalog.putPath("architect", 1, "[]");
		awaitBook("second", "Second");
		this.catalog.putBook("third", "Third", "Eve");
		awaitBook("third", "Third");
		this.test.awaitTrue("select count(*) = 0 from changed_path");
		this.catalog.putPath("architect", 2, "[]");
		this.test.awaitTrue("select count(*) = 1 from changed_path where path = 'architect'");
	}

	@Test
	void malformedEventsAreSkipped() {
		List<String> malformed = List.of("", "nonsense", "{", "7", "[]", "null", "{}", "{\"type\":7}",
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
		malformed.forEach(this.catalog::sendEvent);
		this.catalog.putBook("third", "Third", "Eve");
		this.replicator.start();
		awaitBook("third", "Third");
		this.test.awaitTrue("select cursor = '" + cursor(3 + malformed.size()) + "' from catalog_cursor");
		this.test.awaitTrue("select count(*) = 3 from book_replica");
	}

	@Test
	void manyEventsAreReplicated() {
		for (int number = 0; number < 500; number++) {
			this.catalog.putBook("book-" + number, "Book " + number, "Ann");
		}
		this.replicator.start();
		this.test.awaitTrue("select cursor = '" + cursor(502) + "' from catalog_cursor");
		this.test.awaitTrue("select count(*) = 502 from book_replica");
	}

	@Test
	void replicaStaysReadableWithoutCatalog() {
		this.replicator.start();
		awaitBook("second", "Second");
		this.catalog.close();
		assertThat(this.books.find("second").block(HANG_LIMIT)).isNotNull();
	}

	private @Nullable BookEdition edition(String book, String text) {
		return Objects.requireNonNull(this.books.findEditions(book).block(HANG_LIMIT)).find(text).edition();
	}

	private void awaitBook(String id, String title) {
		this.test
			.awaitTrue("select exists (select from book_replica where id = '" + id + "' and title = '" + title + "')");
	}

	private static String cursor(int position) {
		return "catalogtest-" + Integer.toString(position, Character.MAX_RADIX);
	}

}

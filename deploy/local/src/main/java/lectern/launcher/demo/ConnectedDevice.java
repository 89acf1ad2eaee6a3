package lectern.launcher.demo;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

import lectern.launcher.demo.Bookshelf.Bookmark;
import org.jspecify.annotations.Nullable;

/**
 * A device with a connection: each report is sent at once. It alternates between the book
 * of the club and the next one of the playlist.
 */
final class ConnectedDevice implements SimulatedDevice {

	private final DemoReader reader;

	private final DemoSession session;

	private final List<String> playlist;

	private final UnaryOperator<String> bookIds;

	private final Clock clock;

	private final RandomGenerator random = RandomGenerator.getDefault();

	private @Nullable Bookshelf shelf;

	private boolean withClub;

	/**
	 * @param bookIds gives each book the id that it has in the catalog
	 */
	ConnectedDevice(DemoReader reader, DemoSession session, List<String> playlist, UnaryOperator<String> bookIds,
			Clock clock) {
		this.reader = reader;
		this.session = session;
		this.playlist = playlist;
		this.bookIds = bookIds;
		this.clock = clock;
	}

	@Override
	public boolean readOn() throws InterruptedException {
		Bookshelf present = this.shelf;
		if (present == null) {
			present = Bookshelf.load(this.session);
			this.shelf = present;
		}
		this.withClub = !this.withClub;
		String book = this.withClub ? this.bookIds.apply(this.reader.club().bookAt(this.clock.instant()))
				: nextBook(present);
		Bookmark bookmark = present.bookmark(book);
		if (bookmark == null) {
			start(present, book);
		}
		else {
			report(present, book, bookmark);
		}
		return true;
	}

	/** An open book comes first; when all are finished, they are read again. */
	private String nextBook(Bookshelf present) {
		List<String> books = this.playlist.stream().map(this.bookIds).toList();
		return books.stream()
			.filter((book) -> present.bookmark(book) != null)
			.findFirst()
			.or(() -> books.stream().filter((book) -> !present.isFinished(book)).findFirst())
			.orElseGet(() -> books.get(this.random.nextInt(books.size())));
	}

	private void start(Bookshelf present, String book) throws InterruptedException {
		DemoResponse response = this.session
			.send(DemoRequest.post(this.session.path("/readings"), Map.of("book", book)));
		if (isDone(response, present, book)) {
			present.put(book, Bookmark.of(response.json()));
		}
	}

	private void report(Bookshelf present, String book, Bookmark bookmark) throws InterruptedException {
		String reading = this.session.path("/readings/" + bookmark.reading());
		double fraction = Math.min(1, bookmark.fraction() + this.reader.habit().nextStep(this.random));
		DemoResponse response = this.session.send(DemoRequest.post(reading + "/positions", Map.of("fraction",
				Math.round(fraction * 10_000) / 10_000.0, "device", this.reader.device().content())));
		if (!isDone(response, present, book)) {
			return;
		}
		present.put(book, Bookmark.of(response.json().path("reading")));
		if (fraction >= 1
				&& isDone(this.session.send(DemoRequest.post(reading + "/finish", Map.of())), present, book)) {
			present.finish(book);
		}
	}

	/**
	 * A book that was removed from the catalog is passed over. Whatever else is refused
	 * shows that something was done elsewhere, so the readings are read again.
	 */
	private boolean isDone(DemoResponse response, Bookshelf present, String book) {
		if (response.isProblem("unknown-book")) {
			present.finish(book);
		}
		else if (!response.isSuccess()) {
			this.shelf = null;
		}
		return response.isSuccess();
	}

}

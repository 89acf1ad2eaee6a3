package lectern.launcher.demo;

import java.util.Map;
import java.util.random.RandomGenerator;

import lectern.launcher.demo.Bookshelf.Bookmark;

/**
 * A device of the account that the user of the demo gets. It reads on in one book, so
 * that its page lives, and leaves everything else to the user.
 */
final class VisitorDevice implements SimulatedDevice {

	private final DemoReader reader;

	private final DemoSession session;

	private final String book;

	private final RandomGenerator random = RandomGenerator.getDefault();

	VisitorDevice(DemoReader reader, DemoSession session, String book) {
		this.reader = reader;
		this.session = session;
		this.book = book;
	}

	@Override
	public boolean readOn() throws InterruptedException {
		Bookmark bookmark = Bookshelf.load(this.session).bookmark(this.book);
		if (bookmark == null || bookmark.fraction() >= 0.99) {
			// The user has finished or removed it, or may do so now.
			return false;
		}
		double fraction = bookmark.fraction() + this.reader.habit().nextStep(this.random) / 4;
		this.session.send(DemoRequest.post(this.session.path("/readings/" + bookmark.reading() + "/positions"), Map
			.of("fraction", Math.round(fraction * 10_000) / 10_000.0, "device", this.reader.device().content())));
		return true;
	}

}

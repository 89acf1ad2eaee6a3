package lectern.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Five months of the account that the user of the demo gets: finished books, a plan, a
 * forecast, a path whose next gate is about to open, a place that was lost and restored,
 * and one that was lost yesterday and waits to be restored.
 */
final class VisitorPast {

	/** The path on which one more finished book opens a gate. */
	static final String PATH = "data-that-lasts";

	/** The path of the book whose place is lost. */
	static final String OTHER_PATH = "languages-from-the-inside";

	/** The book whose place is lost. */
	static final String LOST_BOOK = "crafting-interpreters";

	/** Where the reader was in it, and where an old device says that they are. */
	static final double PLACE = 0.63;

	static final double WRONG_PLACE = 0.04;

	/** The book that a device of the account reads on while the demo runs. */
	static final String LIVE_BOOK = "moby-dick-or-the-whale";

	private static final int LOST_BOOK_PAGES = 640;

	private static final int PLANNED_BOOK_PAGES = 714;

	private final OfflineCommands commands;

	private final EveningReading evenings;

	private final Instant begun;

	private VisitorPast(OfflineCommands commands, Instant begun) {
		this.commands = commands;
		this.evenings = new EveningReading(commands, new Random(1));
		this.begun = begun;
	}

	/** Return the commands. The same arguments give the same commands. */
	static OfflineCommands of(String handle, Instant begun, UnaryOperator<String> bookIds) {
		OfflineCommands commands = new OfflineCommands(handle + "-past", bookIds);
		VisitorPast past = new VisitorPast(commands, begun);
		past.finishBooks();
		past.giveOneUp();
		past.readTowardsGate();
		past.readByPlan();
		past.losePlace();
		return commands;
	}

	private void finishBooks() {
		this.evenings.readWhole("think-python", daysAgo(150), 16, DemoDevice.LAPTOP);
		this.evenings.readWhole("structure-and-interpretation-of-computer-programs", daysAgo(131), 30,
				DemoDevice.LAPTOP, DemoDevice.E_READER);
		this.evenings.readWhole("the-time-machine", daysAgo(98), 5, DemoDevice.PHONE);
		this.evenings.readWhole("use-the-index-luke", daysAgo(90), 14, DemoDevice.LAPTOP);
		this.evenings.readWhole("build-your-own-lisp", daysAgo(72), 18, DemoDevice.LAPTOP);
		this.evenings.readWhole("a-christmas-carol", daysAgo(50), 4, DemoDevice.PHONE, DemoDevice.E_READER);
		this.evenings.readWhole("kokoro", daysAgo(44), 9, DemoDevice.E_READER);
	}

	private void giveOneUp() {
		String reading = this.commands.start("ulysses", null, daysAgo(60));
		Instant end = this.evenings.read(reading, daysAgo(60), 6, 0, 0.11, 0, DemoDevice.E_READER);
		this.commands.abandon(reading, end.plus(Duration.ofDays(10)));
	}

	/** To finish this one passes the first gate of the path. */
	private void readTowardsGate() {
		String reading = this.commands.start("the-internals-of-postgresql", null, daysAgo(34));
		this.evenings.read(reading, daysAgo(34), 31, 0, 0.96, 0, DemoDevice.LAPTOP, DemoDevice.PHONE);
		String novel = this.commands.start(LIVE_BOOK, null, daysAgo(20));
		this.evenings.read(novel, daysAgo(20), 18, 0, 0.22, 0, DemoDevice.E_READER);
	}

	/** An even pace and a plan; a place was lost once and restored at once. */
	private void readByPlan() {
		Instant first = daysAgo(28);
		String reading = this.commands.start("operating-systems-three-easy-pieces", "9781985086593", first);
		Instant before = this.evenings.read(reading, first, 14, 0, 0.31, PLANNED_BOOK_PAGES, DemoDevice.E_READER,
				DemoDevice.PHONE);
		Instant lost = before.plus(Duration.ofHours(1));
		this.commands.report(reading, 0.02, PLANNED_BOOK_PAGES, DemoDevice.TABLET, lost);
		this.commands.restore(reading, before, lost.plus(Duration.ofMinutes(3)));
		this.evenings.read(reading, first.plus(Duration.ofDays(14)), 13, 0.31, 0.58, PLANNED_BOOK_PAGES,
				DemoDevice.E_READER, DemoDevice.PHONE);
		this.commands.plan(reading, this.begun.plus(Duration.ofDays(23)), daysAgo(7));
	}

	/** An old device says yesterday night where it was weeks before. */
	private void losePlace() {
		Instant first = daysAgo(24);
		String reading = this.commands.start(LOST_BOOK, "9780990582939", first);
		Instant last = this.evenings.read(reading, first, 24, 0, PLACE, LOST_BOOK_PAGES, DemoDevice.LAPTOP,
				DemoDevice.PHONE);
		this.commands.plan(reading, this.begun.plus(Duration.ofDays(21)), daysAgo(9));
		this.commands.report(reading, WRONG_PLACE, LOST_BOOK_PAGES, DemoDevice.TABLET,
				last.plus(Duration.ofMinutes(50)));
	}

	/** Return the evening of some days ago, which is 4 hours before the hour of now. */
	private Instant daysAgo(int days) {
		return this.begun.minus(Duration.ofDays(days)).minus(Duration.ofHours(4));
	}

}

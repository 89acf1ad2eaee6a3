package lectern.launcher.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

import lectern.launcher.demo.Bookshelf.Bookmark;

/**
 * A device that has a connection only now and then: it sends everything that was read
 * since the last time as one list of commands, dated by its own clock. The first list
 * covers the days before the demo.
 */
final class DisconnectedDevice implements SimulatedDevice {

	private final DemoReader reader;

	private final DemoSession session;

	private final List<String> playlist;

	private final UnaryOperator<String> bookIds;

	private final StopSignal stop;

	private final Clock clock;

	private final RandomGenerator random = RandomGenerator.getDefault();

	/**
	 * @param bookIds gives each book the id that it has in the catalog
	 */
	DisconnectedDevice(DemoReader reader, DemoSession session, List<String> playlist, UnaryOperator<String> bookIds,
			StopSignal stop, Clock clock) {
		this.reader = reader;
		this.session = session;
		this.playlist = playlist;
		this.bookIds = bookIds;
		this.stop = stop;
		this.clock = clock;
	}

	@Override
	public boolean readOn() throws InterruptedException {
		Bookshelf shelf = Bookshelf.load(this.session);
		Instant now = this.clock.instant();
		OfflineCommands commands = new OfflineCommands(this.session.handle() + "-" + now.toEpochMilli(), this.bookIds);
		String book = this.playlist.stream()
			.filter((each) -> !shelf.isFinished(this.bookIds.apply(each)))
			.findFirst()
			.orElse(this.playlist.getFirst());
		Bookmark bookmark = shelf.bookmark(this.bookIds.apply(book));
		if (bookmark == null) {
			Instant started = now.minusSeconds(60);
			bookmark = new Bookmark(commands.start(book, null, started), 0, started);
		}
		addReports(commands, bookmark, now);
		commands.send(this.session, this.stop);
		return true;
	}

	private void addReports(OfflineCommands commands, Bookmark bookmark, Instant now) {
		double fraction = bookmark.fraction();
		for (Instant at : instantsBetween(bookmark.since(), now)) {
			fraction = Math.min(1, fraction + this.reader.habit().nextStep(this.random));
			commands.report(bookmark.reading(), fraction, 0, this.reader.device(), at);
			if (fraction >= 1) {
				commands.finish(bookmark.reading(), at);
				return;
			}
		}
	}

	/** The device was switched off before it was read for the last days. */
	private List<Instant> instantsBetween(Instant since, Instant now) {
		long seconds = Math.max(2, Duration.between(since, now).toSeconds());
		long longest = ReaderPast.OFFLINE_FOR.plusDays(1).toSeconds();
		long begin = Math.max(1, seconds - longest);
		return LongStream.generate(() -> this.random.nextLong(begin, seconds + 1))
			.limit(this.random.nextInt(4, 12))
			.sorted()
			.mapToObj(since::plusSeconds)
			.toList();
	}

}

package lectern.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * Reads books evening by evening in the past of a reader: an evening has two to four
 * reports, five to nine minutes apart.
 */
final class EveningReading {

	private static final Duration DAY = Duration.ofDays(1);

	private final OfflineCommands commands;

	private final RandomGenerator random;

	EveningReading(OfflineCommands commands, RandomGenerator random) {
		this.commands = commands;
		this.random = random;
	}

	/**
	 * Read from one evening to another, at an even pace. Some evenings are left out, and
	 * the next one makes up for them.
	 * @param reading the id of the reading, which was started before
	 * @param firstEvening the time of the first evening
	 * @param evenings the number of evenings, 1 or more
	 * @param to the fraction that the last report reaches
	 * @return the time of the last report
	 */
	Instant read(String reading, Instant firstEvening, int evenings, double from, double to, int pages,
			DemoDevice... devices) {
		Instant last = firstEvening;
		double reached = from;
		for (int evening = 0; evening < evenings; evening++) {
			boolean leftOut = evening > 0 && evening < evenings - 1 && this.random.nextDouble() < 0.25;
			if (!leftOut) {
				Instant begin = firstEvening.plus(DAY.multipliedBy(evening)).plusSeconds(this.random.nextLong(45 * 60));
				double goal = from + (to - from) * (evening + 1) / evenings;
				last = readEvening(reading, begin, reached, goal, pages, devices[this.random.nextInt(devices.length)]);
				reached = goal;
			}
		}
		return last;
	}

	private Instant readEvening(String reading, Instant begin, double from, double to, int pages, DemoDevice device) {
		int reports = this.random.nextInt(2, 5);
		Instant at = begin;
		for (int report = 1; report <= reports; report++) {
			at = at.plusSeconds(this.random.nextLong(5 * 60, 9 * 60));
			this.commands.report(reading, from + (to - from) * report / reports, pages, device, at);
		}
		return at;
	}

	/** Read a whole book, and finish it. */
	void readWhole(String book, Instant firstEvening, int evenings, DemoDevice... devices) {
		String reading = this.commands.start(book, null, firstEvening);
		Instant end = read(reading, firstEvening, evenings, 0, 1, 0, devices);
		this.commands.finish(reading, end.plusSeconds(60));
	}

}

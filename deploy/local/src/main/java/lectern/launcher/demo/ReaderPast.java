package lectern.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** What a simulated reader has read before the demo began: two to four months. */
final class ReaderPast {

	/**
	 * How long a device without a connection has not sent anything when the demo begins.
	 */
	static final Duration OFFLINE_FOR = Duration.ofDays(3);

	private ReaderPast() {
	}

	/** Return the commands of a reader. The same arguments give the same commands. */
	static OfflineCommands of(DemoReader reader, String handle, DemoCatalog catalog, Instant begun,
			UnaryOperator<String> bookIds) {
		OfflineCommands commands = new OfflineCommands(handle + "-past", bookIds);
		Random random = reader.random();
		EveningReading evenings = new EveningReading(commands, random);
		List<String> books = reader.playlist(catalog);
		Instant lastEvening = lastEvening(reader, begun);
		int finished = random.nextInt(2, 6);
		Instant evening = lastEvening.minus(Duration.ofDays(18L * finished + 12));
		for (String book : books.subList(0, finished)) {
			evenings.readWhole(book, evening, random.nextInt(8, 15), reader.device());
			evening = evening.plus(Duration.ofDays(18));
		}
		String own = commands.start(books.get(finished), null, evening);
		evenings.read(own, evening, 12, 0, random.nextDouble(0.35, 0.97), 0, reader.device());
		for (String book : reader.club().books().subList(0, 2)) {
			Instant start = lastEvening.minus(Duration.ofDays(random.nextInt(4, 9))).plus(Duration.ofHours(1));
			String together = commands.start(book, null, start);
			evenings.read(together, start, 4, 0, random.nextDouble(0.1, 0.7), 0, reader.device());
		}
		return commands;
	}

	/** Return the begin of the last evening that is told. */
	private static Instant lastEvening(DemoReader reader, Instant begun) {
		Duration silence = (reader.habit() == ReadingHabit.OFFLINE) ? OFFLINE_FOR.plusDays(1) : Duration.ofDays(1);
		return begun.minus(silence).minus(Duration.ofHours(2));
	}

}

package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Closed;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PositionReported;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a reader did on two devices ends in the same reading, in whatever order and
 * batches the devices tell it. A failure shows its seed.
 */
class TwoDevicesPropertyTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of());

	private static final StartReading START = new StartReading("ada", "a-book", BOOK, null, NOON);

	private static final int REPORTS = 30;

	private static final int MAX_GAP = 3600;

	/** No event is later. */
	private static final int END = (REPORTS + 2) * MAX_GAP;

	static LongStream seeds() {
		return LongStream.range(0, 500);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void orderOfArrivalDoesNotMatterByEventTime(long seed) {
		Random random = new Random(seed);
		List<ReaderAction> reports = reports(random);
		List<ReaderAction> finishes = finishes(random);
		List<ReadingEvent> inOrder = receive(concat(reports, finishes), random);
		List<ReadingEvent> shuffled = receive(shuffle(concat(reports, finishes), random), random);
		for (int second = 0; second <= END; second += MAX_GAP / 7) {
			Instant until = NOON.plusSeconds(second);
			Open open = ((Started) EventTimeReplay.readingAt(shuffled, until)).open();
			Open expected = ((Started) EventTimeReplay.readingAt(inOrder, until)).open();
			assertThat(open.position()).isEqualTo(expected.position());
			assertThat(open.furthest()).isEqualTo(expected.furthest());
		}
		assertThat(endOf(fold(shuffled))).isEqualTo(endOf(fold(inOrder)));
	}

	/**
	 * By the time of arrival this holds until a finish arrives: a report that arrives
	 * after it is stored, but moves nothing.
	 */
	@ParameterizedTest
	@MethodSource("seeds")
	void orderOfReportsAndOrderOfFinishesDoNotMatterByArrival(long seed) {
		Random random = new Random(seed);
		List<ReaderAction> reports = reports(random);
		List<ReaderAction> finishes = finishes(random);
		Started reading = fold(receive(concat(shuffle(reports, random), shuffle(finishes, random)), random));
		Started expected = fold(receive(concat(reports, finishes), random));
		assertThat(reading.open().position()).isEqualTo(expected.open().position());
		assertThat(fraction(reading.open().furthest())).isEqualTo(fraction(expected.open().furthest()));
		assertThat(reading.open().devices()).containsExactlyInAnyOrderElementsOf(expected.open().devices());
		assertThat(endOf(reading)).isEqualTo(endOf(expected));
	}

	private static List<ReaderAction> reports(Random random) {
		List<ReaderAction> reports = new ArrayList<>();
		int second = 0;
		for (int number = 0; number < REPORTS; number++) {
			second += 1 + random.nextInt(MAX_GAP);
			reports.add(new ReaderAction(random.nextInt(2), second, BigDecimal.valueOf(random.nextInt(101), 2)));
		}
		return reports;
	}

	/** Neither device, one or both say that the book is finished. */
	private static List<ReaderAction> finishes(Random random) {
		return random.ints(random.nextInt(3), 1, MAX_GAP)
			.distinct()
			.sorted()
			.mapToObj((second) -> new ReaderAction(random.nextInt(2), REPORTS * MAX_GAP + second, null))
			.toList();
	}

	private static List<ReaderAction> concat(List<ReaderAction> first, List<ReaderAction> second) {
		return Stream.concat(first.stream(), second.stream()).toList();
	}

	private static List<ReaderAction> shuffle(List<ReaderAction> actions, Random random) {
		List<ReaderAction> shuffled = new ArrayList<>(actions);
		Collections.shuffle(shuffled, random);
		return shuffled;
	}

	/**
	 * Receive the actions in batches of random length, some of them twice. Both devices
	 * start the book.
	 */
	private static List<ReadingEvent> receive(List<ReaderAction> actions, Random random) {
		List<ReadingEvent> events = new ArrayList<>();
		Reading reading = handle(START, Reading.NOT_STARTED, events);
		Instant receivedAt = NOON.plusSeconds(END);
		int from = 0;
		while (from < actions.size()) {
			List<ReaderAction> batch = actions.subList(from, Math.min(actions.size(), from + 1 + random.nextInt(10)));
			for (int repeat = 0; repeat <= random.nextInt(2); repeat++) {
				receivedAt = receivedAt.plusSeconds(random.nextInt(100));
				reading = handle(START, reading, events);
				for (ReaderAction action : batch) {
					reading = handle(action.toCommand(receivedAt), reading, events);
				}
			}
			from += batch.size();
		}
		assertThat(events).as("no report is lost, and none is stored twice")
			.filteredOn(PositionReported.class::isInstance)
			.hasSize(REPORTS);
		return events;
	}

	private static Reading handle(ReadingCommand command, Reading before, List<ReadingEvent> events) {
		Decision decision = ReadingDecider.decide(command, before);
		assertThat(decision).isInstanceOf(Accepted.class);
		Reading after = before;
		for (ReadingEvent event : ((Accepted) decision).events()) {
			after = ReadingDecider.evolve(after, event);
			events.add(event);
		}
		return after;
	}

	private static Started fold(List<ReadingEvent> events) {
		Reading reading = Reading.NOT_STARTED;
		for (ReadingEvent event : events) {
			reading = ReadingDecider.evolve(reading, event);
		}
		return (Started) reading;
	}

	/** Of several reports of the furthest position, the one received first is kept. */
	private static @Nullable BigDecimal fraction(@Nullable Position position) {
		return (position != null) ? position.fraction() : null;
	}

	/** When the reading was finished; null if it is open. */
	private static @Nullable Instant endOf(Started reading) {
		return (reading instanceof Closed closed) ? closed.at() : null;
	}

	/**
	 * Something that the reader did.
	 *
	 * @param fraction where the reader was; null if the book was finished
	 */
	private record ReaderAction(int device, int second, @Nullable BigDecimal fraction) {

		ReadingCommand toCommand(Instant receivedAt) {
			DeviceClock clock = new DeviceClock(NOON.plusSeconds(this.second), null);
			return (this.fraction == null) ? new FinishReading("ada", clock, receivedAt)
					: new ReportPosition("ada", this.fraction, null, null, null, new Device("d" + this.device, null),
							clock, PositionUpdateMode.LATEST, receivedAt);
		}

	}

}

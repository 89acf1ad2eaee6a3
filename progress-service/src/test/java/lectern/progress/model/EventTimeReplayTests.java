package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;

import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.model.ReferenceEventTimeReplay.ReplayedReadingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventTimeReplayTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final ReadingStarted START = new ReadingStarted("ada",
			new BookSnapshot("a-book", "A Book", List.of()), null, NOON);

	static LongStream seeds() {
		return LongStream.range(0, 300);
	}

	@Test
	void lateReportMovesPositionAtTheTimeItOccurred() {
		List<ReadingEvent> logged = List.of(START, report("0.5", 30, true), report("0.3", 10, false));
		assertThat(currentPositions(logged, 9)).isEmpty();
		assertThat(currentPositions(logged, 10)).containsExactly("0.3");
		assertThat(currentPositions(logged, 29)).containsExactly("0.3");
		assertThat(currentPositions(logged, 30)).containsExactly("0.3", "0.5");
	}

	@Test
	void simultaneousReportsKeepLogOrder() {
		assertThat(currentPositions(List.of(START, report("0.5", 10, true), report("0.3", 10, true)), 10))
			.containsExactly("0.5", "0.3");
	}

	@Test
	void updateModeIsIgnored() {
		assertThat(currentPositions(List.of(START, report("0.5", 10, true), report("0.3", 20, false)), 20))
			.containsExactly("0.5", "0.3");
	}

	@Test
	void reportBeforeStartMovesStartBack() {
		List<ReadingEvent> logged = List.of(START, report("0.3", -10, true));
		assertThat(replay(logged, NOON.minusSeconds(11))).isEmpty();
		assertThat(replay(logged, NOON.minusSeconds(10))).extracting(ReplayedReadingEvent::index).containsExactly(0, 1);
	}

	@Test
	void restoreAppliesOnlyAfterItOccurred() {
		List<ReadingEvent> logged = List.of(START, report("0.3", 10, true), report("0.9", 20, true),
				new PositionRestored("x-2", position("0.3", 10), position("0.3", 10), NOON.plusSeconds(30)),
				report("0.8", 25, false), report("0.4", 40, true));
		assertThat(currentPositions(logged, 29)).containsExactly("0.3", "0.9", "0.8");
		List<ReplayedReadingEvent> all = replay(logged, NOON.plusSeconds(40));
		assertThat(all).extracting(ReplayedReadingEvent::index).containsExactly(0, 1, 2, 4, 3, 5);
		assertThat(((PositionReported) all.getLast().event()).furthest()).isTrue();
	}

	@Test
	void reopenStaysAfterFinishDespiteClockSkew() {
		List<ReadingEvent> logged = List.of(START, new ReadingFinished(NOON.plusSeconds(20)),
				new ReadingReopened(NOON.plusSeconds(19)), report("0.4", 15, true));
		assertThat(replay(logged, NOON.plusSeconds(20))).extracting(ReplayedReadingEvent::index)
			.containsExactly(0, 3, 1, 2);
		assertThat(replay(logged, NOON.plusSeconds(19))).extracting(ReplayedReadingEvent::index).containsExactly(0, 3);
	}

	/** A simpler rule: the position is that of the last report or restore. */
	@ParameterizedTest
	@MethodSource("seeds")
	void positionIsThatOfLastEventAtEveryInstant(long seed) {
		List<ReadingEvent> logged = new RandomReadingHistory(seed).withRemovals().generate(200);
		for (int second = -400; second < 10_000; second += 97) {
			Instant until = NOON.plusSeconds(second);
			assertThat(position(replay(logged, until))).isEqualTo(expectedPosition(logged, until));
		}
	}

	private static @Nullable Position expectedPosition(List<ReadingEvent> logged, Instant until) {
		Position last = null;
		Instant at = Instant.MIN;
		for (ReadingEvent event : logged) {
			Position position = switch (event) {
				case PositionReported reported -> reported.position();
				case PositionRestored restored -> restored.position();
				default -> null;
			};
			if (position != null && !event.occurredAt().isAfter(until) && !event.occurredAt().isBefore(at)) {
				last = position;
				at = event.occurredAt();
			}
		}
		return last;
	}

	/** The replay does not depend on the order in which reports are received. */
	@ParameterizedTest
	@MethodSource("seeds")
	void arrivalOrderDoesNotMatter(long seed) {
		List<PositionReported> reports = new ArrayList<>();
		Random random = new Random(seed);
		for (int number = 0; number < 50; number++) {
			reports
				.add(report("0." + (10 + random.nextInt(90)), number * 10 + random.nextInt(10), random.nextBoolean()));
		}
		List<ReadingEvent> inOrder = new ArrayList<>(List.of(START));
		inOrder.addAll(reports);
		Collections.shuffle(reports, random);
		List<ReadingEvent> shuffled = new ArrayList<>(List.of(START));
		shuffled.addAll(reports);
		for (int second = -1; second < 520; second += 7) {
			Instant until = NOON.plusSeconds(second);
			assertThat(replay(shuffled, until)).extracting(ReplayedReadingEvent::event)
				.isEqualTo(replay(inOrder, until).stream().map(ReplayedReadingEvent::event).toList());
		}
	}

	/**
	 * A replay that continues from the result of an earlier part gives the same events.
	 */
	@ParameterizedTest
	@MethodSource("seeds")
	void replayInPartsEqualsFullReplay(long seed) {
		List<ReadingEvent> logged = new RandomReadingHistory(seed).withRemovals().generate(200);
		Random random = new Random(seed);
		for (int second = -400; second < 10_000; second += 97) {
			Instant until = NOON.plusSeconds(second);
			List<ReplayedReadingEvent> whole = replay(logged, until);
			assertThat(whole).isEqualTo(ReferenceEventTimeReplay.of(logged, until));
			int middle = whole.isEmpty() ? 0 : random.nextInt(whole.size());
			Open open = new Open(START);
			EventTimeReplay later = new EventTimeReplay(START);
			for (int at = 1; at < whole.size(); at++) {
				if (at == middle) {
					later = new EventTimeReplay(startWith(open.edition().edition()), open.position(), open.furthest(),
							open.devices());
				}
				ReadingEvent event = whole.get(at).event();
				assertThat(later.apply(logged.get(whole.get(at).index()))).isEqualTo(event);
				open = (event instanceof PositionReported || event instanceof PositionRestored
						|| event instanceof ReadingEditionChanged) ? (Open) ReadingDecider.evolve(open, event) : open;
			}
		}
	}

	private static ReadingStarted startWith(@Nullable BookEdition edition) {
		return (edition == null) ? START : new ReadingStarted(START.reader(), START.book(), edition.name(),
				edition.pages(), START.occurredAt(), null);
	}

	private static List<ReplayedReadingEvent> replay(List<ReadingEvent> logged, Instant until) {
		Timeline timeline = new Timeline(List.of(), Timeline.START);
		for (int index = 0; index < logged.size(); index++) {
			timeline.add(index, logged.get(index));
		}
		List<EventTimeKey> occurred = timeline.sorted().stream().filter((key) -> !key.at().isAfter(until)).toList();
		if (occurred.size() == 1 && logged.getFirst().occurredAt().isAfter(until)) {
			return List.of();
		}
		EventTimeReplay replay = new EventTimeReplay(START);
		return occurred.stream()
			.map(EventTimeKey::version)
			.map((index) -> new ReplayedReadingEvent(index, replay.apply(logged.get(index))))
			.toList();
	}

	private static @Nullable Position position(List<ReplayedReadingEvent> replayed) {
		Position position = null;
		for (ReplayedReadingEvent entry : replayed) {
			if (entry.event() instanceof PositionReported reported && reported.moved()) {
				position = reported.position();
			}
			else if (entry.event() instanceof PositionRestored restored) {
				position = restored.position();
			}
		}
		return position;
	}

	private static List<String> currentPositions(List<ReadingEvent> logged, int until) {
		return replay(logged, NOON.plusSeconds(until)).stream()
			.map(ReplayedReadingEvent::event)
			.filter((event) -> event instanceof PositionReported reported && reported.moved())
			.map((event) -> Objects.toString(((PositionReported) event).position().fraction()))
			.toList();
	}

	private static PositionReported report(String fraction, int second, boolean moved) {
		return new PositionReported(position(fraction, second), null, moved,
				moved ? null : IgnoredReason.OCCURRED_BEFORE_CURRENT, false, null);
	}

	private static Position position(String fraction, int second) {
		return new Position(new BigDecimal(fraction), null, null, null, null, NOON.plusSeconds(second));
	}

}

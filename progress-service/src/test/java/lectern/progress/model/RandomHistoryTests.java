package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand.ResumeReading;
import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingEvent.PositionRestored;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds in every history, shown on random ones; a failure names its seed. */
class RandomHistoryTests {

	private static final int COMMANDS = 300;

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final Book BOOK = new Book("a-book", "A Book", List.of());

	static LongStream seeds() {
		return LongStream.range(0, 500);
	}

	/** Were anything accepted that cannot be applied, the fold would fail. */
	@ParameterizedTest
	@MethodSource("seeds")
	void whateverIsAcceptedCanBeAppliedAndFoldsAgainToTheSame(long seed) {
		History history = new History(seed);
		history.live();
		Reading folded = Reading.NOTHING_YET;
		assertThat(history.states.getFirst()).isEqualTo(folded);
		for (int at = 0; at < history.events.size(); at++) {
			folded = ReadingDecider.evolve(folded, history.events.get(at));
			assertThat(history.states.get(at + 1)).isEqualTo(folded);
		}
		assertThat(history.events).as("the history is not trivial").hasSizeGreaterThan(COMMANDS / 10);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void theSameCommandAtOnceAgainIsInEffectAlreadyOrRefused(long seed) {
		History history = new History(seed);
		for (int number = 0; number < COMMANDS; number++) {
			ReadingCommand command = history.next();
			history.obey(command);
			boolean saysNoTime = command instanceof ReportPosition report && report.clock().occurredAt() == null;
			if (!saysNoTime && ReadingDecider.decide(command, history.now()) instanceof Accepted again) {
				assertThat(again.events()).as("again: " + command).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void aRestoreThatIsUndoneLeavesThePlaceAsItWas(long seed) {
		History history = new History(seed);
		history.live();
		for (int at = 0; at < history.events.size(); at++) {
			if (history.events.get(at) instanceof PositionRestored restored) {
				Open before = (Open) history.states.get(at);
				Reading after = history.states.get(at + 1);
				RestorePosition undo = new RestorePosition("ada", "x-" + at, before, restored.occurredAt());
				Open undone = (Open) applied(ReadingDecider.decide(undo, after), after);
				assertThat(undone.position()).isEqualTo(before.position());
				assertThat(undone.furthest()).isEqualTo(before.furthest());
			}
		}
	}

	private static Reading applied(Decision decision, Reading reading) {
		assertThat(decision).isInstanceOf(Accepted.class);
		Reading applied = reading;
		for (ReadingEvent event : ((Accepted) decision).events()) {
			applied = ReadingDecider.evolve(applied, event);
		}
		return applied;
	}

	/** A reading in which anything is asked for at any time. */
	private static final class History {

		private final Random random;

		private final List<ReadingEvent> events = new ArrayList<>();

		/** Before the first event and after each. */
		private final List<Reading> states = new ArrayList<>(List.of(Reading.NOTHING_YET));

		private Instant clock = NOON;

		History(long seed) {
			this.random = new Random(seed);
		}

		void live() {
			for (int number = 0; number < COMMANDS; number++) {
				obey(next());
			}
		}

		Reading now() {
			return this.states.getLast();
		}

		void obey(ReadingCommand command) {
			if (ReadingDecider.decide(command, now()) instanceof Accepted accepted) {
				for (ReadingEvent event : accepted.events()) {
					this.states.add(ReadingDecider.evolve(now(), event));
					this.events.add(event);
				}
			}
		}

		ReadingCommand next() {
			this.clock = this.clock.plusSeconds(this.random.nextInt(100));
			String reader = (this.random.nextInt(20) == 0) ? "eve" : "ada";
			return switch (this.random.nextInt(16)) {
				case 0, 1 ->
					new StartReading("ada", "a-book", this.random.nextBoolean() ? BOOK : null, null, this.clock);
				case 2 -> new FinishReading(reader, this.clock);
				case 3, 4 -> new ReopenReading(reader, this.clock);
				case 5 -> new AbandonReading(reader, this.clock);
				case 6, 7 -> new ResumeReading(reader, this.clock);
				case 8, 9 -> new RestorePosition(reader, "x-1",
						this.states.get(this.random.nextInt(this.states.size())), this.clock);
				case 10 -> new SetPlan(reader, this.clock.plusSeconds(this.random.nextInt(-50, 50)), this.clock);
				default -> report(reader);
			};
		}

		private ReportPosition report(String reader) {
			DeviceClock said = this.random.nextBoolean() ? DeviceClock.SILENT
					: new DeviceClock(this.clock.plusSeconds(this.random.nextInt(-300, 300)),
							this.random.nextBoolean() ? null : this.clock.plusSeconds(this.random.nextInt(-60, 60)));
			Device device = (this.random.nextInt(3) == 0) ? null : new Device("d" + this.random.nextInt(30), null);
			Policy policy = Policy.values()[this.random.nextInt(2)];
			return new ReportPosition(reader, BigDecimal.valueOf(this.random.nextInt(101), 2), null, null, null, device,
					said, policy, this.clock);
		}

	}

}

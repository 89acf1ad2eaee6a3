package lectern.progress.model;

import java.util.stream.LongStream;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingEvent.PositionRestored;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What holds in every history, shown on random ones; a failure names its seed. */
class ReadingDeciderPropertyTests {

	private static final int COMMANDS = 300;

	static LongStream seeds() {
		return LongStream.range(0, 500);
	}

	/** Were anything accepted that cannot be applied, the fold would fail. */
	@ParameterizedTest
	@MethodSource("seeds")
	void acceptedEventsApplyAndFoldToTheSameState(long seed) {
		RandomReadingHistory history = new RandomReadingHistory(seed);
		history.generate(COMMANDS);
		Reading folded = Reading.NOT_STARTED;
		assertThat(history.states.getFirst()).isEqualTo(folded);
		for (int at = 0; at < history.events.size(); at++) {
			folded = ReadingDecider.evolve(folded, history.events.get(at));
			assertThat(history.states.get(at + 1)).isEqualTo(folded);
		}
		assertThat(history.events).as("the history is not trivial").hasSizeGreaterThan(COMMANDS / 10);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void repeatedCommandChangesNothingOrIsRejected(long seed) {
		RandomReadingHistory history = new RandomReadingHistory(seed);
		for (int number = 0; number < COMMANDS; number++) {
			ReadingCommand command = history.nextCommand();
			history.handle(command);
			boolean saysNoTime = command instanceof ReportPosition report && report.clock().occurredAt() == null;
			if (!saysNoTime && ReadingDecider.decide(command, history.current()) instanceof Accepted again) {
				assertThat(again.events()).as("again: " + command).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void undoneRestoreRecoversPosition(long seed) {
		RandomReadingHistory history = new RandomReadingHistory(seed);
		history.generate(COMMANDS);
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

}

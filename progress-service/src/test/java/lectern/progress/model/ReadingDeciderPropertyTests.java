package lectern.progress.model;

import java.util.stream.LongStream;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Open;
import lectern.progress.model.Reading.Removed;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Properties of every history, tested on random ones. A failure shows its seed. */
class ReadingDeciderPropertyTests {

	private static final int COMMANDS = 300;

	static LongStream seeds() {
		return LongStream.range(0, 500);
	}

	/** The fold fails if an event was accepted that cannot be applied. */
	@ParameterizedTest
	@MethodSource("seeds")
	void acceptedEventsApplyAndFoldToTheSameState(long seed) {
		RandomReadingHistory history = new RandomReadingHistory(seed).withRemovals();
		history.generate(COMMANDS);
		Reading folded = Reading.NOT_STARTED;
		assertThat(history.states.getFirst()).isEqualTo(folded);
		for (int at = 0; at < history.events.size(); at++) {
			folded = ReadingDecider.evolve(folded, history.events.get(at));
			assertThat(history.states.get(at + 1)).isEqualTo(folded);
		}
		assertThat(history.events).as("the history has enough events").hasSizeGreaterThan(COMMANDS / 10);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void repeatedCommandChangesNothingOrIsRejected(long seed) {
		RandomReadingHistory history = new RandomReadingHistory(seed).withRemovals();
		for (int number = 0; number < COMMANDS; number++) {
			ReadingCommand command = history.nextCommand();
			history.handle(command);
			boolean isReportWithoutTime = command instanceof ReportPosition report
					&& report.clock().occurredAt() == null;
			if (!isReportWithoutTime
					&& ReadingDecider.decide(command, history.current()) instanceof Accepted repeated) {
				assertThat(repeated.events()).as("repeated: " + command).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void undoneRestoreRecoversPosition(long seed) {
		RandomReadingHistory history = new RandomReadingHistory(seed).withRemovals();
		history.generate(COMMANDS);
		for (int at = 0; at < history.events.size(); at++) {
			if (history.events.get(at) instanceof PositionRestored restored) {
				Open before = (Open) history.states.get(at);
				Reading after = history.states.get(at + 1);
				RestorePosition undo = new RestorePosition("ada", "x-" + at, before, restored.occurredAt());
				Open undone = (Open) apply(ReadingDecider.decide(undo, after), after);
				assertThat(undone.position()).isEqualTo(before.position());
				assertThat(undone.furthest()).isEqualTo(before.furthest());
			}
		}
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void removedReadingIsReturnedAsItWas(long seed) {
		RandomReadingHistory history = new RandomReadingHistory(seed).withRemovals();
		history.generate(COMMANDS);
		Reading beforeRemoval = Reading.NOT_STARTED;
		for (int at = 0; at < history.events.size(); at++) {
			switch (history.events.get(at)) {
				case ReadingRemoved _ -> beforeRemoval = history.states.get(at);
				case ReadingReturned _ -> assertThat(history.states.get(at + 1)).isEqualTo(beforeRemoval);
				default -> assertThat(history.states.get(at)).isNotInstanceOf(Removed.class);
			}
		}
	}

	private static Reading apply(Decision decision, Reading reading) {
		assertThat(decision).isInstanceOf(Accepted.class);
		Reading result = reading;
		for (ReadingEvent event : ((Accepted) decision).events()) {
			result = ReadingDecider.evolve(result, event);
		}
		return result;
	}

}

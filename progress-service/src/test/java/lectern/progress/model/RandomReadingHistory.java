package lectern.progress.model;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading.Removed;
import lectern.progress.model.Reading.Started;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.ChangeEdition;
import lectern.progress.model.ReadingCommand.ContinueReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.RemovePlan;
import lectern.progress.model.ReadingCommand.RemoveReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ReportPosition;
import lectern.progress.model.ReadingCommand.RestorePosition;
import lectern.progress.model.ReadingCommand.ResumeReading;
import lectern.progress.model.ReadingCommand.ReturnReading;
import lectern.progress.model.ReadingCommand.SetPlan;
import lectern.progress.model.ReadingCommand.StartReading;
import lectern.progress.model.ReadingCommand.UndoRestore;
import lectern.progress.model.ReadingEvent.PositionRestored;
import org.jspecify.annotations.Nullable;

/** A random history of one reading, with commands that may be rejected. */
public final class RandomReadingHistory {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	private static final BookSnapshot BOOK = new BookSnapshot("a-book", "A Book", List.of());

	private final Random random;

	final List<ReadingEvent> events = new ArrayList<>();

	/** The state before the first event and after each event. */
	final List<Reading> states = new ArrayList<>(List.of(Reading.NOT_STARTED));

	private Instant clock = NOON;

	private boolean withRemovals;

	public RandomReadingHistory(long seed) {
		this.random = new Random(seed);
	}

	/** From now on also remove and return the reading, and undo restores. */
	public RandomReadingHistory withRemovals() {
		this.withRemovals = true;
		return this;
	}

	/** Handle random commands and return all events so far. */
	public List<ReadingEvent> generate(int commands) {
		for (int number = 0; number < commands; number++) {
			handle(nextCommand());
		}
		return List.copyOf(this.events);
	}

	Reading current() {
		return this.states.getLast();
	}

	void handle(ReadingCommand command) {
		if (ReadingDecider.decide(command, current()) instanceof Accepted accepted) {
			for (ReadingEvent event : accepted.events()) {
				this.states.add(ReadingDecider.evolve(current(), event));
				this.events.add(event);
			}
		}
	}

	ReadingCommand nextCommand() {
		this.clock = this.clock.plusSeconds(this.random.nextInt(100));
		String reader = (this.random.nextInt(20) == 0) ? "eve" : "ada";
		DeviceClock deviceClock = randomClock();
		if (current() instanceof Removed removed && this.random.nextInt(3) == 0) {
			return new ReturnReading("ada", removed.at(), deviceClock, this.clock);
		}
		return switch (this.random.nextInt((this.withRemovals && current() instanceof Started) ? 23 : 18)) {
			case 0, 1 -> new StartReading("ada", "a-book", this.random.nextBoolean() ? BOOK : null, null, deviceClock,
					this.clock);
			case 2 -> new FinishReading(reader, deviceClock, this.clock);
			case 3, 4 -> new ReopenReading(reader, deviceClock, this.clock);
			case 5 -> new AbandonReading(reader, deviceClock, this.clock);
			case 6, 7 -> new ResumeReading(reader, deviceClock, this.clock);
			case 8, 9 -> new RestorePosition(reader, "x-1", this.states.get(this.random.nextInt(this.states.size())),
					deviceClock, this.clock);
			case 10 ->
				new SetPlan(reader, this.clock.plusSeconds(this.random.nextInt(-50, 50)), deviceClock, this.clock);
			case 11 -> new RemovePlan(reader, deviceClock, this.clock);
			case 12 -> new ChangeEdition(reader, edition(), deviceClock, this.clock);
			case 18 -> this.random.nextBoolean() ? new RemoveReading(reader, deviceClock, this.clock)
					: report(reader, deviceClock);
			case 19, 20 -> new ReturnReading(reader, randomRemoval(), deviceClock, this.clock);
			case 21 -> undoRestore(reader, deviceClock);
			case 22 -> new ContinueReading(reader, this.random.nextBoolean() ? "a-book" : "other", null, deviceClock,
					this.clock);
			default -> report(reader, deviceClock);
		};
	}

	private DeviceClock randomClock() {
		return this.random.nextBoolean() ? DeviceClock.UNKNOWN
				: new DeviceClock(this.clock.plusSeconds(this.random.nextInt(-300, 300)),
						this.random.nextBoolean() ? null : this.clock.plusSeconds(this.random.nextInt(-60, 60)));
	}

	/** Nearly always the removal that is in effect. */
	private Instant randomRemoval() {
		return (current() instanceof Removed removed && this.random.nextInt(5) > 0) ? removed.at() : this.clock;
	}

	/** Undo the last restore, if there is one, whether that is possible or not. */
	private ReadingCommand undoRestore(String reader, DeviceClock deviceClock) {
		for (int at = this.events.size() - 1; at >= 0; at--) {
			if (this.events.get(at) instanceof PositionRestored restored) {
				return new UndoRestore(reader, restored, "x-" + at, this.states.get(at), deviceClock, this.clock);
			}
		}
		return report(reader, deviceClock);
	}

	private ReportPosition report(String reader, DeviceClock deviceClock) {
		Device device = (this.random.nextInt(3) == 0) ? null : new Device("d" + this.random.nextInt(30), null);
		PositionUpdateMode mode = PositionUpdateMode.values()[this.random.nextInt(2)];
		int page = this.random.nextInt(400);
		BigDecimal fraction = (page < 50) ? null : BigDecimal.valueOf(this.random.nextInt(101), 2);
		return new ReportPosition(reader, fraction, (page < 100) ? page : null, null, null, device, deviceClock, mode,
				this.clock);
	}

	/** No edition, one without a known number of pages, or one of 40 or 60 pages. */
	private @Nullable RequestedEdition edition() {
		int number = this.random.nextInt(4);
		return (number == 0) ? null
				: RequestedEdition.of(new BookEdition("edition-" + number, (number == 1) ? null : 20 * number));
	}

}

package lectern.progress.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.command.WhatIfResponse.Effect;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.EventTimeReplay;
import lectern.progress.model.InvalidCommand;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Rejection;
import lectern.progress.representation.ForecastResponse;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/** Evaluates commands one after another on a copy of the events of a reading. */
final class WhatIfEvaluation {

	/** A position after all positions of the log. */
	private static final long UNSTORED_POSITION = Long.MAX_VALUE;

	private final List<StoredEvent> past;

	/**
	 * The reading after each stored event, since up to a thousand commands may restore.
	 */
	private final List<Reading> readings = new ArrayList<>();

	private final Instant now;

	private final List<StoredEvent> events;

	private final List<Effect> effects = new ArrayList<>();

	private ReadingState state = ReadingState.NOT_STARTED;

	/**
	 * Create an evaluation.
	 * @param past all stored events of the reading, at least its start
	 */
	WhatIfEvaluation(List<StoredEvent> past, Instant now) {
		this.past = List.copyOf(past);
		this.events = new ArrayList<>(past);
		this.now = now;
		for (StoredEvent event : past) {
			this.state = this.state.after(event);
			this.readings.add(this.state.reading());
		}
	}

	/**
	 * Check that there is something to evaluate.
	 * @throws Problem 404 if the reading is removed
	 */
	void requireNotRemoved() {
		this.state.requireDocument().requireNotRemoved();
	}

	/** The id of the book. */
	String book() {
		return this.state.requireDocument().book().id();
	}

	/** The reading at a time in the past, without the evaluated commands. */
	Reading readingAt(PointInTime time) {
		int count = this.past.size();
		while (count > 0 && !time.includes(this.past.get(count - 1))) {
			count--;
		}
		return (count > 0) ? this.readings.get(count - 1) : Reading.NOT_STARTED;
	}

	/** Where the reader was at an instant, without the evaluated commands. */
	Reading readingByOccurrenceAt(Instant instant) {
		List<ReadingEvent> known = this.past.stream()
			.map(StoredEvent::payload)
			.filter(ReadingEvent.class::isInstance)
			.map(ReadingEvent.class::cast)
			.toList();
		return EventTimeReplay.readingAt(known, instant);
	}

	/**
	 * Evaluate a command.
	 * @throws Problem if a rule rejects the command
	 */
	void evaluate(ReadingCommand command) {
		switch (ReadingDecider.decide(command, this.state.reading())) {
			case Rejection rejection -> throw ReadingRejections.toProblem(rejection);
			case InvalidCommand invalid -> throw InvalidCommands.toProblem(invalid);
			case Accepted accepted -> {
				accepted.events().forEach(this::apply);
				this.effects
					.add(accepted.events().isEmpty() ? Effect.unchanged(command) : Effect.of(this.state.lastEvent()));
			}
		}
	}

	private void apply(ReadingEvent event) {
		StoredEvent last = this.state.lastEvent();
		StoredEvent next = new StoredEvent(UNSTORED_POSITION, last.stream(), last.version() + 1, last.reader(),
				"what-if", last.book(), event.occurredAt(), this.now, event);
		this.state = this.state.after(next);
		this.events.add(next);
	}

	/** The effects of all commands, and the forecast at the pace so far. */
	WhatIfResponse response() {
		return response(null);
	}

	/**
	 * The effects of all commands, and the forecast.
	 * @param perDay the pace to assume in the forecast; null for the pace so far
	 */
	WhatIfResponse response(@Nullable Double perDay) {
		return new WhatIfResponse(this.state.requireDocument(), ForecastResponse.of(this.events, this.now, perDay),
				this.effects);
	}

}

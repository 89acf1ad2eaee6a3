package lectern.progress.command;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import lectern.progress.command.WhatIfResponse.Effect;
import lectern.progress.eventlog.PointInTime;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.Decision.Accepted;
import lectern.progress.model.Reading;
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingDecider;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.Rejection;
import lectern.progress.representation.ForecastResponse;
import lectern.web.Problem;

/** Commands that are decided one after the other on a copy of the past. */
final class WhatIfEvaluation {

	/** After all that is in a log. */
	private static final long UNSTORED_POSITION = Long.MAX_VALUE;

	private final List<StoredEvent> past;

	/** After each event of the past: a thousand commands may go back. */
	private final List<Reading> readings = new ArrayList<>();

	private final Instant now;

	private final List<StoredEvent> events;

	private final List<Effect> effects = new ArrayList<>();

	private ReadingState state = ReadingState.NOT_STARTED;

	/**
	 * Begin with what has happened.
	 * @param past all of the reading, at least its start
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

	/** The reading as it really was. */
	Reading readingAt(PointInTime moment) {
		int happened = this.past.size();
		while (happened > 0 && !moment.includes(this.past.get(happened - 1))) {
			happened--;
		}
		return (happened > 0) ? this.readings.get(happened - 1) : Reading.NOT_STARTED;
	}

	/**
	 * Obey a command.
	 * @throws Problem if a rule says no
	 */
	void evaluate(ReadingCommand command) {
		switch (ReadingDecider.decide(command, this.state.reading())) {
			case Rejection rejection -> throw ReadingRejections.toProblem(rejection);
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

	WhatIfResponse response() {
		return new WhatIfResponse(this.state.requireDocument(), ForecastResponse.of(this.events, this.now),
				this.effects);
	}

}

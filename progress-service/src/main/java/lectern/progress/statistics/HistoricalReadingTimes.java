package lectern.progress.statistics;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import lectern.streaming.log.EventEnvelope;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Computes statistics as of a position of the log from the reader's events up to it. */
@Component
class HistoricalReadingTimes {

	private final EventLog log;

	HistoricalReadingTimes(EventLog log) {
		this.log = log;
	}

	/**
	 * Compute the statistics of a period from the events up to a position.
	 * @return cold
	 */
	Mono<StatisticsResponse> statistics(String reader, StatisticsPeriod period, long position) {
		return this.log.readByReader(reader)
			.read(0, position, Integer.MAX_VALUE)
			.map(EventEnvelope::event)
			.collect(StatisticsCollector::new, StatisticsCollector::add)
			.map((collected) -> collected.statistics(period));
	}

	private static final class StatisticsCollector {

		private final List<ReadingTime> times = new ArrayList<>();

		private final Map<String, Instant> finishes = new HashMap<>();

		private final Set<String> removed = new HashSet<>();

		StatisticsResponse statistics(StatisticsPeriod period) {
			this.times.removeIf((time) -> this.removed.contains(time.reading()));
			this.finishes.keySet().removeAll(this.removed);
			StatisticsPeriod untilThen = new StatisticsPeriod(Instant.EPOCH, period.to(), period.zone());
			SortedSet<LocalDate> streakDays = new TreeSet<>(
					ReadingTimeAccumulator.accumulate(untilThen, this.times).keySet());
			return StatisticsResponse.of(period, ReadingTimeAccumulator.accumulate(period, this.times), streakDays,
					List.copyOf(this.finishes.values()));
		}

		void add(StoredEvent event) {
			switch (event.payload()) {
				case PositionReported _ ->
					this.times.add(new ReadingTime(event.stream(), event.occurredAt(), event.occurredAt()));
				case ReadingFinished _ -> this.finishes.put(event.stream(), event.occurredAt());
				case ReadingReopened _ -> this.finishes.remove(event.stream());
				case ReadingRemoved _ -> this.removed.add(event.stream());
				case ReadingReturned _ -> this.removed.remove(event.stream());
				default -> {
				}
			}
		}

	}

}

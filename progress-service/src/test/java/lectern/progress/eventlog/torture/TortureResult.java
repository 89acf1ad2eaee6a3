package lectern.progress.eventlog.torture;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The events in the log and the events that the followers have seen.
 *
 * @param committed the events in the order of the log, read after those of the followers
 * @param seen the events that each follower has seen, in the order of the follower
 */
record TortureResult(List<ObservedEvent> committed, Map<TortureFollower, List<ObservedEvent>> seen) {

	/** Whether a follower has skipped a committed event. */
	boolean anyMissed() {
		return this.seen.values().stream().anyMatch((events) -> !missed(events).isEmpty());
	}

	/**
	 * Assert that every follower saw every committed event once, in the order of the log.
	 */
	void assertEveryFollowerSawTheLogOnceInOrder() {
		this.seen.forEach((follower, events) -> {
			assertThat(missed(events)).as("committed events that %s skipped", follower).isEmpty();
			assertThat(new HashSet<>(events)).as("distinct events that %s saw", follower).hasSameSizeAs(events);
			assertThat(events.equals(this.committed)).as("%s saw the same events as the log", follower).isTrue();
		});
	}

	/** Assert that positions and versions have no gaps and that times do not decrease. */
	void assertNoGapsAndMonotonicTimes() {
		Map<String, Integer> versions = new HashMap<>();
		Instant last = Instant.MIN;
		for (int index = 0; index < this.committed.size(); index++) {
			ObservedEvent event = this.committed.get(index);
			assertThat(event.position()).as("position after %d", index).isEqualTo(index + 1L);
			assertThat(event.version()).as("version of %s", event)
				.isEqualTo(versions.merge(event.stream(), 1, Integer::sum));
			assertThat(event.receivedAt()).as("time of %s", event).isAfterOrEqualTo(last);
			last = event.receivedAt();
		}
	}

	/** Assert that the log agrees with the outcomes that the writers reported. */
	void assertConsistentWith(WriteOutcomes outcomes) {
		Set<String> texts = this.committed.stream().map(ObservedEvent::text).collect(Collectors.toSet());
		assertThat(texts).as("distinct events").hasSameSizeAs(this.committed);
		assertThat(outcomes.of(WriteOutcome.COMMITTED).stream().filter((text) -> !texts.contains(text)))
			.as("acknowledged but not in the log")
			.isEmpty();
		for (WriteOutcome outcome : List.of(WriteOutcome.CONFLICT, WriteOutcome.ROLLED_BACK, WriteOutcome.TIMED_OUT)) {
			assertThat(outcomes.of(outcome).stream().filter(texts::contains)).as("%s but in the log", outcome)
				.isEmpty();
		}
	}

	private List<ObservedEvent> missed(List<ObservedEvent> events) {
		long lastPosition = events.isEmpty() ? 0 : events.getLast().position();
		Set<ObservedEvent> seenEvents = new HashSet<>(events);
		return this.committed.stream()
			.filter((event) -> event.position() <= lastPosition && !seenEvents.contains(event))
			.toList();
	}

}

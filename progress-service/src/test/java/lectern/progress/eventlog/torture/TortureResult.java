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
 * What is in the log and what followers have seen of it.
 *
 * @param committed in the order of the log; at least what was there when followers had
 * seen what they had
 * @param seen what each follower has seen
 */
record TortureResult(List<ObservedEvent> committed, Map<LogFollower, List<ObservedEvent>> seen) {

	/** Whether events were committed behind the back of a follower. */
	boolean anyMissed() {
		return this.seen.values().stream().anyMatch((events) -> !missed(events).isEmpty());
	}

	/** Every follower saw every committed event, once, in the order of the log. */
	void assertEveryFollowerSawTheLogOnceInOrder() {
		this.seen.forEach((follower, events) -> {
			assertThat(missed(events)).as("committed events that %s has passed and not seen", follower).isEmpty();
			assertThat(new HashSet<>(events)).as("different events that %s saw", follower).hasSameSizeAs(events);
			assertThat(events.equals(this.committed)).as("%s saw the log as it is", follower).isTrue();
		});
	}

	/** Positions and versions have no holes, and time does not go back. */
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

	/** What is in the log is what writers were told. */
	void assertConsistentWith(WriteOutcomes outcomes) {
		Set<String> texts = this.committed.stream().map(ObservedEvent::text).collect(Collectors.toSet());
		assertThat(texts).as("different events").hasSameSizeAs(this.committed);
		assertThat(outcomes.of(WriteOutcome.COMMITTED).stream().filter((text) -> !texts.contains(text)))
			.as("acknowledged and not in the log")
			.isEmpty();
		for (WriteOutcome outcome : List.of(WriteOutcome.CONFLICT, WriteOutcome.ROLLED_BACK, WriteOutcome.TIMED_OUT)) {
			assertThat(outcomes.of(outcome).stream().filter(texts::contains)).as("%s and in the log", outcome)
				.isEmpty();
		}
	}

	private List<ObservedEvent> missed(List<ObservedEvent> events) {
		long passed = events.isEmpty() ? 0 : events.getLast().position();
		Set<ObservedEvent> known = new HashSet<>(events);
		return this.committed.stream().filter((event) -> event.position() <= passed && !known.contains(event)).toList();
	}

}

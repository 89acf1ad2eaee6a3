package lectern.progress.representation;

import java.time.Instant;
import java.util.List;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.Device;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;

/**
 * What became different in a reading; absent is what stayed the same. No member ever goes
 * away, so that what is merged into a client's copy keeps it right.
 *
 * @param devices all of them, when one is new or renamed
 * @param version of the event that made the change
 */
public record ReadingChanges(@Nullable ReadingStatus status, @Nullable Instant finishedAt,
		@Nullable PositionView position, @Nullable PositionView furthest, @Nullable PlanView plan,
		@Nullable List<Device> devices, int version) {

	/** What an event changes in a reading that has begun. */
	static ReadingChanges of(StoredEvent event) {
		Instant received = event.receivedAt();
		int version = event.version();
		return switch ((ReadingEvent) event.payload()) {
			case PositionReported reported -> {
				PositionView shown = PositionView.of(reported.position(), received);
				yield new ReadingChanges(null, null, reported.moved() ? shown : null,
						reported.furthest() ? shown : null, null, reported.devices(), version);
			}
			case PositionRestored restored ->
				new ReadingChanges(null, null, PositionView.of(restored.position(), received),
						PositionView.of(restored.furthest(), received), null, null, version);
			case PlanSet plan ->
				new ReadingChanges(null, null, null, null, new PlanView(plan.finishBy()), null, version);
			case ReadingFinished finished -> ofStatus(ReadingStatus.FINISHED, finished.occurredAt(), version);
			case ReadingAbandoned _ -> ofStatus(ReadingStatus.ABANDONED, null, version);
			case ReadingReopened _, ReadingResumed _ -> ofStatus(ReadingStatus.READING, null, version);
			case ReadingStarted _ -> throw new IllegalArgumentException("A start changes nothing that has begun");
		};
	}

	private static ReadingChanges ofStatus(ReadingStatus status, @Nullable Instant finishedAt, int version) {
		return new ReadingChanges(status, finishedAt, null, null, null, null, version);
	}

}

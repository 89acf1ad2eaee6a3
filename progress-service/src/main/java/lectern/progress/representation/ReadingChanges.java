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
 * The members of a reading that an event changed; unchanged ones are absent. No member is
 * ever removed, so a client can merge the changes into its copy.
 *
 * @param status the new status
 * @param finishedAt when the reading was finished
 * @param position the new position
 * @param furthest the new furthest position
 * @param plan the new plan
 * @param devices all devices, if one was added or renamed
 * @param version of the event that made the change
 */
public record ReadingChanges(@Nullable ReadingStatus status, @Nullable Instant finishedAt,
		@Nullable PositionView position, @Nullable PositionView furthest, @Nullable PlanView plan,
		@Nullable List<Device> devices, int version) {

	/**
	 * Return what an event changes in a reading that has started.
	 * @throws IllegalArgumentException for the event that starts a reading
	 */
	static ReadingChanges of(StoredEvent event) {
		Instant receivedAt = event.receivedAt();
		int version = event.version();
		return switch ((ReadingEvent) event.payload()) {
			case PositionReported reported -> {
				PositionView view = PositionView.of(reported.position(), receivedAt);
				yield new ReadingChanges(null, null, reported.moved() ? view : null, reported.furthest() ? view : null,
						null, reported.devices(), version);
			}
			case PositionRestored restored ->
				new ReadingChanges(null, null, PositionView.of(restored.position(), receivedAt),
						PositionView.of(restored.furthest(), receivedAt), null, null, version);
			case PlanSet plan ->
				new ReadingChanges(null, null, null, null, new PlanView(plan.finishBy()), null, version);
			case ReadingFinished finished -> ofStatus(ReadingStatus.FINISHED, finished.occurredAt(), version);
			case ReadingAbandoned _ -> ofStatus(ReadingStatus.ABANDONED, null, version);
			case ReadingReopened _, ReadingResumed _ -> ofStatus(ReadingStatus.READING, null, version);
			case ReadingStarted _ -> throw new IllegalArgumentException("The start of a reading is not a change of it");
		};
	}

	private static ReadingChanges ofStatus(ReadingStatus status, @Nullable Instant finishedAt, int version) {
		return new ReadingChanges(status, finishedAt, null, null, null, null, version);
	}

}

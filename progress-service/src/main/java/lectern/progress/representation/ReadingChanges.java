package lectern.progress.representation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.Device;
import lectern.progress.model.Position;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.PlanRemoved;
import lectern.progress.model.ReadingEvent.PlanSet;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.model.ReadingEvent.PositionRestored;
import lectern.progress.model.ReadingEvent.ReadingAbandoned;
import lectern.progress.model.ReadingEvent.ReadingEditionChanged;
import lectern.progress.model.ReadingEvent.ReadingFinished;
import lectern.progress.model.ReadingEvent.ReadingRemoved;
import lectern.progress.model.ReadingEvent.ReadingReopened;
import lectern.progress.model.ReadingEvent.ReadingResumed;
import lectern.progress.model.ReadingEvent.ReadingReturned;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;

/**
 * The members of a reading that an event changed, as a JSON merge patch: unchanged ones
 * are absent, and removed ones are {@code null}, so a client can merge the changes into
 * its copy.
 *
 * @param edition the name of the new edition; empty if the reading names none any more
 * @param pages the pages of the new edition; empty if they are unknown
 * @param status the new status
 * @param finishedAt when the reading was finished; empty if it is no longer finished
 * @param position the new position
 * @param furthest the new furthest position
 * @param plan the new plan; empty if it was removed
 * @param devices all devices, if one was added or renamed
 * @param removed true if the reading was removed; empty if it was returned
 * @param version of the event that made the change
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7396">RFC 7396</a>
 */
public record ReadingChanges(@Nullable Optional<String> edition, @Nullable Optional<Integer> pages,
		@Nullable ReadingStatus status, @Nullable Optional<Instant> finishedAt, @Nullable PositionView position,
		@Nullable PositionView furthest, @Nullable Optional<PlanView> plan, @Nullable List<Device> devices,
		@Nullable Optional<Boolean> removed, int version) {

	/**
	 * Return what an event changes in a reading that has started: of an event of an
	 * unknown type only the version is known.
	 * @throws IllegalArgumentException for the event that starts a reading
	 */
	static ReadingChanges of(StoredEvent event) {
		return (event.payload() instanceof ReadingEvent known) ? of(known, event.receivedAt(), event.version())
				: new ReadingChanges(null, null, null, null, null, null, null, null, null, event.version());
	}

	private static ReadingChanges of(ReadingEvent event, Instant receivedAt, int version) {
		return switch (event) {
			case PositionReported reported -> {
				PositionView view = PositionView.of(reported.position(), receivedAt);
				yield new ReadingChanges(null, null, null, null, reported.moved() ? view : null,
						reported.furthest() ? view : null, null, reported.devices(), null, version);
			}
			case PositionRestored restored ->
				new ReadingChanges(null, null, null, null, PositionView.of(restored.position(), receivedAt),
						PositionView.of(restored.furthest(), receivedAt), null, null, null, version);
			case ReadingEditionChanged changed -> new ReadingChanges(Optional.ofNullable(changed.edition()),
					Optional.ofNullable(changed.pages()), null, null, viewOf(changed.position(), receivedAt),
					viewOf(changed.furthest(), receivedAt), null, null, null, version);
			case PlanSet plan -> ofPlan(Optional.of(new PlanView(plan.finishBy())), version);
			case PlanRemoved _ -> ofPlan(Optional.empty(), version);
			case ReadingFinished finished ->
				ofStatus(ReadingStatus.FINISHED, Optional.of(finished.occurredAt()), version);
			case ReadingAbandoned _ -> ofStatus(ReadingStatus.ABANDONED, null, version);
			case ReadingReopened _ -> ofStatus(ReadingStatus.READING, Optional.empty(), version);
			case ReadingResumed _ -> ofStatus(ReadingStatus.READING, null, version);
			case ReadingRemoved _ -> ofRemoval(Optional.of(true), version);
			case ReadingReturned _ -> ofRemoval(Optional.empty(), version);
			case ReadingStarted _ -> throw new IllegalArgumentException("The start of a reading is not a change of it");
		};
	}

	private static ReadingChanges ofStatus(ReadingStatus status, @Nullable Optional<Instant> finishedAt, int version) {
		return new ReadingChanges(null, null, status, finishedAt, null, null, null, null, null, version);
	}

	private static ReadingChanges ofPlan(Optional<PlanView> plan, int version) {
		return new ReadingChanges(null, null, null, null, null, null, plan, null, null, version);
	}

	private static ReadingChanges ofRemoval(Optional<Boolean> removed, int version) {
		return new ReadingChanges(null, null, null, null, null, null, null, null, removed, version);
	}

	private static @Nullable PositionView viewOf(@Nullable Position position, Instant receivedAt) {
		return (position != null) ? PositionView.of(position, receivedAt) : null;
	}

}

package lectern.progress.representation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import lectern.progress.eventlog.CanaryEvent;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Device;
import lectern.progress.model.ReadingEvent;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a reading in responses and streams, also stored by read models. Absent
 * members are unknown or have not happened.
 *
 * @param id the id of the reading, also of its event stream
 * @param book the book as it was when the reading started
 * @param edition the name of the edition; readings of earlier releases have what the
 * reader called it
 * @param pages the number of pages of the edition
 * @param status reading, finished or abandoned
 * @param startedAt when the reading was started
 * @param finishedAt when it was finished; null if it is not finished now
 * @param position the current position
 * @param furthest the furthest position; the reader may have gone back since
 * @param plan the reader's plan
 * @param devices devices that reported positions, the newest last
 * @param removed true if the reader has removed the reading, so that it is in no view;
 * null if not
 * @param version of the last event in it, from 1 on
 */
public record ReadingDocument(UUID id, BookSnapshot book, @Nullable String edition, @Nullable Integer pages,
		ReadingStatus status, Instant startedAt, @Nullable Instant finishedAt, @Nullable PositionView position,
		@Nullable PositionView furthest, @Nullable PlanView plan, List<Device> devices, @Nullable Boolean removed,
		int version) {

	public ReadingDocument {
		devices = List.copyOf(devices);
	}

	/**
	 * Fold all events of a reading.
	 * @param events of one stream, from the first on, at least one
	 */
	public static ReadingDocument of(List<StoredEvent> events) {
		ReadingDocument document = null;
		for (StoredEvent event : events) {
			document = evolve(document, event);
		}
		return Objects.requireNonNull(document, "The first event must start the reading");
	}

	/**
	 * Fold one more event.
	 * @param before the reading before it; null for the first event
	 */
	public static ReadingDocument evolve(@Nullable ReadingDocument before, StoredEvent event) {
		if (event.payload() instanceof ReadingStarted started) {
			return new ReadingDocument(UUID.fromString(event.stream()), started.book(), started.edition(),
					started.pages(), ReadingStatus.READING, started.occurredAt(), null, null, null, null, List.of(),
					null, event.version());
		}
		return Objects.requireNonNull(before, "The first event must start the reading")
			.withChanges(ReadingChanges.of(event));
	}

	/**
	 * Return what an event changes: the changed members, as a GET shows them. Each
	 * replaces the member of the same name as a whole.
	 * @return the whole reading for its first event, the stored JSON for an event of an
	 * unknown type, otherwise a {@link ReadingChanges}
	 */
	public static Record changesOf(StoredEvent event) {
		return switch (event.payload()) {
			case ReadingStarted _ -> evolve(null, event);
			case UnknownEvent unknown -> unknown;
			case CanaryEvent canary -> canary;
			default -> ReadingChanges.of(event);
		};
	}

	/**
	 * Whether the event belongs to a reading. One of an unknown type does if its stream
	 * is that of a reading.
	 */
	public static boolean concerns(StoredEvent event) {
		return event.payload() instanceof ReadingEvent
				|| (event.payload() instanceof UnknownEvent && ReadingId.isId(event.stream()));
	}

	private ReadingDocument withChanges(ReadingChanges changes) {
		return new ReadingDocument(this.id, this.book, changedOrRemoved(changes.edition(), this.edition),
				changedOrRemoved(changes.pages(), this.pages), changedOr(changes.status(), this.status), this.startedAt,
				changedOrRemoved(changes.finishedAt(), this.finishedAt),
				changedOrNull(changes.position(), this.position), changedOrNull(changes.furthest(), this.furthest),
				changedOrRemoved(changes.plan(), this.plan), changedOr(changes.devices(), this.devices),
				changedOrRemoved(changes.removed(), this.removed), changes.version());
	}

	/** Whether the reader has removed the reading. */
	public boolean wasRemoved() {
		return Boolean.TRUE.equals(this.removed);
	}

	/**
	 * Check that a view may show the reading.
	 * @throws Problem 404 if the reader has removed it
	 */
	public void requireNotRemoved() {
		if (wasRemoved()) {
			throw ReadingId.removed();
		}
	}

	private static <T> T changedOr(@Nullable T changed, T unchanged) {
		return (changed != null) ? changed : unchanged;
	}

	private static <T> @Nullable T changedOrNull(@Nullable T changed, @Nullable T unchanged) {
		return (changed != null) ? changed : unchanged;
	}

	private static <T> @Nullable T changedOrRemoved(@Nullable Optional<T> changed, @Nullable T unchanged) {
		return (changed != null) ? changed.orElse(null) : unchanged;
	}

}

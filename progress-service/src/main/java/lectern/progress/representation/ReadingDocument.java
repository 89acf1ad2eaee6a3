package lectern.progress.representation;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import lectern.progress.eventlog.StoredEvent;
import lectern.progress.model.BookSnapshot;
import lectern.progress.model.Device;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import org.jspecify.annotations.Nullable;

/**
 * A reading as it is shown, wherever it is shown. What is absent is unknown or has not
 * happened.
 *
 * @param edition the reader's word for it
 * @param finishedAt when it was finished last, also when it has been reopened since
 * @param furthest the furthest the reader has been, which may be before the current
 * position in time and after it in the book
 * @param devices what it was read on, the newest last
 * @param version of the last event in it; 1 for the first
 */
public record ReadingDocument(UUID id, BookSnapshot book, @Nullable String edition, ReadingStatus status,
		Instant startedAt, @Nullable Instant finishedAt, @Nullable PositionView position,
		@Nullable PositionView furthest, @Nullable PlanView plan, List<Device> devices, int version) {

	public ReadingDocument {
		devices = List.copyOf(devices);
	}

	/**
	 * The reading that all its events led to.
	 * @param events of one stream, from the first on, at least one
	 */
	public static ReadingDocument of(List<StoredEvent> events) {
		ReadingDocument document = null;
		for (StoredEvent event : events) {
			document = evolve(document, event);
		}
		return Objects.requireNonNull(document, "A reading begins by being started");
	}

	/**
	 * The reading after one more event.
	 * @param before as it was; null before its first event
	 */
	public static ReadingDocument evolve(@Nullable ReadingDocument before, StoredEvent event) {
		if (event.payload() instanceof ReadingStarted started) {
			return new ReadingDocument(UUID.fromString(event.stream()), started.book(), started.edition(),
					ReadingStatus.READING, started.occurredAt(), null, null, null, null, List.of(), event.version());
		}
		return Objects.requireNonNull(before, "A reading begins by being started")
			.withChanges(ReadingChanges.of(event));
	}

	/**
	 * What an event changes: the members that are another now, as a GET shows them. A
	 * member replaces the one of the same name whole.
	 * @return the whole reading when it is new, else a {@link ReadingChanges}
	 */
	public static Record changesOf(StoredEvent event) {
		return (event.payload() instanceof ReadingStarted) ? evolve(null, event) : ReadingChanges.of(event);
	}

	private ReadingDocument withChanges(ReadingChanges changes) {
		return new ReadingDocument(this.id, this.book, this.edition, changedOr(changes.status(), this.status),
				this.startedAt, changedOrNull(changes.finishedAt(), this.finishedAt),
				changedOrNull(changes.position(), this.position), changedOrNull(changes.furthest(), this.furthest),
				changedOrNull(changes.plan(), this.plan), changedOr(changes.devices(), this.devices),
				changes.version());
	}

	private static <T> T changedOr(@Nullable T changed, T same) {
		return (changed != null) ? changed : same;
	}

	private static <T> @Nullable T changedOrNull(@Nullable T changed, @Nullable T same) {
		return (changed != null) ? changed : same;
	}

}

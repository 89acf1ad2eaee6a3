package lectern.progress.eventlog;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.progress.eventlog.AppendOutcome.Rejected;
import lectern.streaming.postgreslog.PostgresLogHead.PositionRange;

/**
 * Decides, while the head of the log is locked, which appends of a batch win: each as if
 * it came alone after those before it. Only who wins takes positions, so there are no
 * holes.
 */
final class BatchResolver {

	private final PositionRange range;

	private final Map<String, Integer> versions;

	private final Set<CommandKey> usedKeys;

	private long lastPosition;

	/**
	 * @param places for all of the batch
	 * @param versions of the streams that exist
	 * @param taken the keys that have an answer
	 */
	BatchResolver(PositionRange places, Map<String, Integer> versions, Set<CommandKey> taken) {
		this.range = places;
		this.versions = new HashMap<>(versions);
		this.usedKeys = new HashSet<>(taken);
		this.lastPosition = places.first().position() - 1;
	}

	/** The verdict of each, in their order. */
	List<AppendOutcome> resolve(List<Append> batch) {
		return batch.stream().map(this::resolve).toList();
	}

	private AppendOutcome resolve(Append append) {
		IdempotencyRecord receipt = append.idempotencyRecord();
		if (receipt != null && this.usedKeys.contains(CommandKey.of(receipt))) {
			return new Rejected(new DuplicateCommandException());
		}
		if (this.versions.getOrDefault(append.stream(), 0) != append.expectedVersion()) {
			return new Rejected(new VersionConflictException(append.stream(), append.expectedVersion()));
		}
		AppendResult appended = assignPositions(append);
		try {
			Committed won = new Committed(append, appended,
					(receipt != null) ? receipt.responseFactory().apply(appended) : null);
			markCommitted(append, appended);
			return won;
		}
		catch (RuntimeException failure) {
			// No answer could be made: its caller's fault, and nobody else's.
			return new Rejected(failure);
		}
	}

	private void markCommitted(Append append, AppendResult appended) {
		this.lastPosition += appended.events().size();
		this.versions.put(append.stream(), append.expectedVersion() + appended.events().size());
		if (append.idempotencyRecord() != null) {
			this.usedKeys.add(CommandKey.of(append.idempotencyRecord()));
		}
	}

	private AppendResult assignPositions(Append append) {
		List<StoredEvent> stored = new ArrayList<>();
		for (NewEvent event : append.events()) {
			int index = stored.size();
			stored.add(new StoredEvent(this.lastPosition + 1 + index, append.stream(),
					append.expectedVersion() + 1 + index, event.reader(), append.types().get(index), event.book(),
					event.occurredAt(), this.range.receivedAt(), event.payload()));
		}
		return new AppendResult(this.range.first().at(this.lastPosition + stored.size()), stored);
	}

}

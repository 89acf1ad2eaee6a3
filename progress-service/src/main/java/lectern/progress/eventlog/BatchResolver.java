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
 * Decides, while the head of the log is locked, which appends of a batch are committed:
 * each one as if it were appended alone after those before it. Only committed appends
 * take positions, so that the positions have no gaps.
 */
final class BatchResolver {

	private final PositionRange range;

	private final Map<String, Integer> versions;

	private final Set<CommandKey> usedKeys;

	private long lastPosition;

	/**
	 * @param range the reserved positions, enough for the whole batch
	 * @param versions the current versions of the existing streams
	 * @param usedKeys the keys under which a response is stored
	 */
	BatchResolver(PositionRange range, Map<String, Integer> versions, Set<CommandKey> usedKeys) {
		this.range = range;
		this.versions = new HashMap<>(versions);
		this.usedKeys = new HashSet<>(usedKeys);
		this.lastPosition = range.first().position() - 1;
	}

	/** The outcome of each append, in the order of the batch. */
	List<AppendOutcome> resolve(List<Append> batch) {
		return batch.stream().map(this::resolve).toList();
	}

	private AppendOutcome resolve(Append append) {
		IdempotencyRecord idempotencyRecord = append.idempotencyRecord();
		if (idempotencyRecord != null && this.usedKeys.contains(CommandKey.of(idempotencyRecord))) {
			return new Rejected(new DuplicateCommandException());
		}
		if (this.versions.getOrDefault(append.stream(), 0) != append.expectedVersion()) {
			return new Rejected(new VersionConflictException(append.stream(), append.expectedVersion()));
		}
		AppendResult result = assignPositions(append);
		try {
			Committed committed = new Committed(append, result,
					(idempotencyRecord != null) ? idempotencyRecord.responseFactory().apply(result) : null);
			markCommitted(append, result);
			return committed;
		}
		catch (RuntimeException failure) {
			// The response factory failed: only its own append is rejected.
			return new Rejected(failure);
		}
	}

	private void markCommitted(Append append, AppendResult result) {
		this.lastPosition += result.events().size();
		this.versions.put(append.stream(), append.expectedVersion() + result.events().size());
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

package lectern.progress.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import lectern.progress.log.Verdict.Lost;
import lectern.progress.log.Verdict.Won;
import lectern.streaming.postgres.PostgresLogHead.Places;

/**
 * Decides, while the head of the log is locked, which appends of a batch win: each as if
 * it came alone after those before it. Only who wins takes positions, so there are no
 * holes.
 */
final class Verdicts {

	private final Places places;

	private final Map<String, Integer> versions;

	private final Set<CommandKey> taken;

	private long last;

	/**
	 * @param places for all of the batch
	 * @param versions of the streams that exist
	 * @param taken the keys that have an answer
	 */
	Verdicts(Places places, Map<String, Integer> versions, Set<CommandKey> taken) {
		this.places = places;
		this.versions = new HashMap<>(versions);
		this.taken = new HashSet<>(taken);
		this.last = places.first().position() - 1;
	}

	/** The verdict of each, in their order. */
	List<Verdict> of(List<Append> batch) {
		return batch.stream().map(this::of).toList();
	}

	private Verdict of(Append append) {
		Receipt receipt = append.receipt();
		if (receipt != null && this.taken.contains(CommandKey.of(receipt))) {
			return new Lost(new KeyTaken());
		}
		if (this.versions.getOrDefault(append.stream(), 0) != append.expectedVersion()) {
			return new Lost(new VersionConflict(append.stream(), append.expectedVersion()));
		}
		Appended appended = appended(append);
		try {
			Won won = new Won(append, appended, (receipt != null) ? receipt.answer().apply(appended) : null);
			take(append, appended);
			return won;
		}
		catch (RuntimeException failure) {
			// No answer could be made: its caller's fault, and nobody else's.
			return new Lost(failure);
		}
	}

	private void take(Append append, Appended appended) {
		this.last += appended.events().size();
		this.versions.put(append.stream(), append.expectedVersion() + appended.events().size());
		if (append.receipt() != null) {
			this.taken.add(CommandKey.of(append.receipt()));
		}
	}

	private Appended appended(Append append) {
		List<StoredEvent> stored = new ArrayList<>();
		for (NewEvent event : append.events()) {
			int index = stored.size();
			stored.add(new StoredEvent(this.last + 1 + index, append.stream(), append.expectedVersion() + 1 + index,
					event.reader(), append.types().get(index), event.book(), event.occurredAt(),
					this.places.receivedAt(), event.payload()));
		}
		return new Appended(this.places.first().at(this.last + stored.size()), stored);
	}

}

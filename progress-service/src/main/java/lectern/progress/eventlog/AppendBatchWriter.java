package lectern.progress.eventlog;

import java.util.List;

import reactor.core.publisher.Mono;

/** Writes batches of appends. */
interface AppendBatchWriter {

	/**
	 * Commit all appends of a batch that can be committed.
	 * @param batch at least one append; at most one of each stream and of each key
	 * @return cold; the outcome of each append in the order of the batch, after the
	 * commit. If it fails, it is unknown whether anything was committed
	 */
	Mono<List<AppendOutcome>> commit(List<Append> batch);

}

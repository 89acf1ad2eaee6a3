package lectern.progress.eventlog;

import java.util.List;

import reactor.core.publisher.Mono;

/** Where batches of appends go. */
interface AppendBatchWriter {

	/**
	 * Commit as many of a batch as can be.
	 * @param batch at least one
	 * @return cold; the verdict of each, in their order, once those that won are
	 * committed; if it fails, nothing may have been
	 */
	Mono<List<AppendOutcome>> commit(List<Append> batch);

}

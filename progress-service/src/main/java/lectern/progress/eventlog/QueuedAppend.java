package lectern.progress.eventlog;

import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;

import io.micrometer.core.instrument.Timer;
import lectern.progress.eventlog.AppendOutcome.Committed;
import lectern.progress.eventlog.AppendOutcome.Failed;
import lectern.progress.eventlog.AppendOutcome.Rejected;
import reactor.core.publisher.MonoSink;

/**
 * An append that is queued or being committed.
 *
 * @param result receives the result, on the executor
 * @param executor runs on the threads of the caller
 * @param timer measures the time since the append was queued
 */
record QueuedAppend(Append append, MonoSink<AppendResult> result, Executor executor, Timer.Sample timer) {

	/**
	 * Tell whether the append can be in a batch.
	 * @param streamsAndKeys those of the batch, and its claims; those of this append are
	 * added
	 */
	boolean isIndependentOf(Set<Object> streamsAndKeys) {
		StreamClaim claim = this.append.claim();
		return streamsAndKeys.add(this.append.stream()) && (claim == null || streamsAndKeys.add(claim.key()))
				&& this.append.commands()
					.stream()
					.map((command) -> CommandKey.of(command.idempotencyRecord()))
					.allMatch(streamsAndKeys::add);
	}

	void complete(AppendOutcome outcome) {
		switch (outcome) {
			case Committed committed -> this.result.success(committed.result());
			case Rejected rejected -> this.result.error(rejected.reason());
			case Failed failed -> this.result.error(failed.reason());
		}
	}

	void failOnShutdown() {
		this.result.error(new CancellationException("The service is stopping"));
	}

}

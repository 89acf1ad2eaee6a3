package lectern.streaming.postgreslog;

import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Runs transactions to their end even if the subscriber cancels. A transaction that is
 * cancelled midway is not reliably rolled back: this once left a gap in a log, a reserved
 * position without an event. The database's timeouts end transactions that take too long.
 */
public final class UncancellableTransactions {

	private final TransactionalOperator operator;

	public UncancellableTransactions(TransactionalOperator operator) {
		this.operator = operator;
	}

	/**
	 * Run work in one transaction, or in the caller's transaction if there is one.
	 * @return cold; emits the result of the work after the commit; fails with the error
	 * of the work after the rollback. Cancellation does not stop the work; only the
	 * result is dropped
	 */
	public <T> Mono<T> run(Mono<T> work) {
		return Mono.defer(() -> this.operator.transactional(work).cache());
	}

}

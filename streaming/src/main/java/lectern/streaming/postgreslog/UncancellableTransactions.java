package lectern.streaming.postgreslog;

import reactor.core.publisher.Mono;

import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Transactions that run to their own end, also when nobody waits for them any more. One
 * that was cancelled half way is not reliably undone: it left a hole in a log, a place
 * given out and no event in it. The database ends those that take too long.
 */
public final class UncancellableTransactions {

	private final TransactionalOperator operator;

	public UncancellableTransactions(TransactionalOperator operator) {
		this.operator = operator;
	}

	/**
	 * Do some work in one transaction, or as a part of the one it stands in.
	 * @return cold; what the work gives, after the commit; fails with what the work fails
	 * with, and then nothing was done. To cancel it is to look away
	 */
	public <T> Mono<T> run(Mono<T> work) {
		return Mono.defer(() -> this.operator.transactional(work).cache());
	}

}

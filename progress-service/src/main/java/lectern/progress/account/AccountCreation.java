package lectern.progress.account;

import lectern.streaming.postgreslog.UncancellableTransactions;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Creates accounts, except under the handle of a reader who is being erased. */
@Component
class AccountCreation {

	private final AccountRepository accounts;

	private final UncancellableTransactions transactions;

	AccountCreation(AccountRepository accounts, UncancellableTransactions transactions) {
		this.accounts = accounts;
		this.transactions = transactions;
	}

	/**
	 * Create an account. An insertion that waits until the account with the same handle
	 * is deleted does not see that its reader is being erased, so this is checked again
	 * by a second statement.
	 * @return cold; false if the handle is taken, and then nothing is changed
	 */
	Mono<Boolean> create(StoredAccount account) {
		return this.transactions.run(this.accounts.insert(account)
			.flatMap((added) -> added
					? this.accounts.deleteIfErased(account.account().reader()).map((deleted) -> deleted == 0)
					: Mono.just(false)));
	}

}

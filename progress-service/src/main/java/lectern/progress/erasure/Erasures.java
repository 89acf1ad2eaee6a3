package lectern.progress.erasure;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;

import lectern.progress.account.AccountRemoval;
import lectern.progress.account.AccountRemoval.RemovedAccount;
import lectern.progress.eventlog.ReaderErased;
import lectern.streaming.postgreslog.UncancellableTransactions;
import lectern.web.VerifiedTokenCache;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Begins erasures: deletes the account and ends its sessions at once. What remains is
 * done in the background by {@link ErasureLoop}.
 */
@Component
class Erasures {

	private final UncancellableTransactions transactions;

	private final AccountRemoval accounts;

	private final ErasureJobs jobs;

	private final ErasureList list;

	private final VerifiedTokenCache verifiedTokens;

	private final Clock clock;

	private volatile Sinks.Empty<Void> begun = Sinks.empty();

	Erasures(UncancellableTransactions transactions, AccountRemoval accounts, ErasureJobs jobs, ErasureList list,
			VerifiedTokenCache verifiedTokens, Clock clock) {
		this.transactions = transactions;
		this.accounts = accounts;
		this.jobs = jobs;
		this.list = list;
		this.verifiedTokens = verifiedTokens;
		this.clock = clock;
	}

	/**
	 * Begin to erase a reader.
	 * @param ifMatch as the client sent it; null if absent
	 * @return cold; true once the account is deleted and on the list; false if another
	 * request has begun it already; empty if there is no such reader; fails with a
	 * problem if the precondition does not hold
	 */
	Mono<Boolean> begin(String reader, @Nullable String ifMatch) {
		return begin(reader, this.accounts.delete(reader, ifMatch));
	}

	private Mono<Boolean> begin(String reader, Mono<RemovedAccount> deletion) {
		return this.transactions.run(deletion.delayUntil((account) -> this.jobs.insert(reader, account.erasureId())))
			.delayUntil((account) -> {
				this.accounts.revoke(account);
				this.verifiedTokens.clear();
				return this.list.add(account.erasureId(), today());
			})
			.doOnNext((_) -> this.begun.tryEmitEmpty())
			.map((_) -> true)
			.switchIfEmpty(this.jobs.exists(reader).filter((exists) -> exists).map((_) -> false));
	}

	/**
	 * Erase again whom a restored backup has brought back.
	 * @return cold; the number of readers
	 */
	Mono<Long> repeat() {
		return this.list.read()
			.filter((ids) -> !ids.isEmpty())
			.flatMapMany(this.accounts::findErased)
			.collectList()
			.flatMapIterable(Function.identity())
			.concatMap((reader) -> begin(reader, this.accounts.deleteAgain(reader)))
			.count();
	}

	/** Add a reader to the list, in case that a crash has prevented it. */
	Mono<Void> list(ErasureJob job) {
		return this.list.add(job.id(), today());
	}

	/** Completes when the next erasure begins in this process; hot. */
	Mono<Void> next() {
		Sinks.Empty<Void> next = Sinks.empty();
		this.begun = next;
		return next.asMono();
	}

	/** Tokens that belong to no session are not revoked. */
	@EventListener
	void onErasure(ReaderErased event) {
		this.verifiedTokens.clear();
	}

	private LocalDate today() {
		return LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

}

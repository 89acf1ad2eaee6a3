package lectern.catalog.importing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import lectern.catalog.book.Books;
import lectern.catalog.change.ChangeLog;
import lectern.catalog.change.RemovedIds;
import lectern.catalog.change.RemovedIds.Kind;
import lectern.catalog.importing.BatchDecision.Outcome;
import lectern.catalog.path.Paths;
import lectern.web.Problem;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.BadSqlGrammarException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Writes an import batch by batch: books, their changes and the account of them in one
 * transaction each.
 */
@Component
class Batches {

	private final ChangeLog changes;

	private final Books books;

	private final Paths paths;

	private final BookRules rules;

	private final Imports imports;

	private final RemovedIds removed;

	Batches(ChangeLog changes, RemovedIds removed, Books books, Paths paths, BookRules rules, Imports imports) {
		this.changes = changes;
		this.books = books;
		this.paths = paths;
		this.rules = rules;
		this.imports = imports;
		this.removed = removed;
	}

	/**
	 * Write a batch, once however often it is tried: one whose commit was not heard of is
	 * found to be accounted for.
	 * @param lines in their order, at least one, all after those of earlier batches
	 * @return cold; fails with what the database says, and then nothing was written
	 */
	Mono<Void> write(String importId, List<CountedLine> lines) {
		int last = lines.getLast().line();
		return this.changes.inTurn(this.imports.through(importId)
			.filter((through) -> through < last)
			.flatMap((_) -> known(lines))
			.map((known) -> new BatchDecision(known, this.books::prepare, this.rules).of(lines))
			.flatMap((outcome) -> save(outcome).then(savePaths(outcome)))
			.flatMap((outcome) -> this.imports.account(importId, outcome, last)));
	}

	private Mono<KnownBooks> known(List<CountedLine> lines) {
		Set<String> asked = new HashSet<>();
		Set<String> slugs = new HashSet<>();
		Set<String> named = new HashSet<>();
		for (CountedLine line : lines) {
			switch (line) {
				case ListedBook book -> {
					asked.addAll(book.keys());
					slugs.add(book.slug());
				}
				case BookDocument book -> named.add(book.id());
				case PathDocument _, Refusal _ -> {
				}
			}
		}
		return known(asked).flatMap((ids) -> {
			Set<String> wanted = new HashSet<>(named);
			wanted.addAll(ids.values());
			return this.books.current(wanted)
				.zipWhen((_) -> taken(slugs).zipWhen((_) -> removed(named)))
				.map((found) -> new KnownBooks(ids, found.getT1(), found.getT2().getT1(), found.getT2().getT2()));
		});
	}

	private Mono<Set<String>> removed(Set<String> named) {
		return named.isEmpty() ? Mono.just(Set.of()) : this.removed.among(Kind.BOOK, named);
	}

	private Mono<Map<String, String>> known(Set<String> asked) {
		return asked.isEmpty() ? Mono.just(Map.of()) : this.books.knownBy(asked);
	}

	private Mono<Set<String>> taken(Set<String> slugs) {
		return slugs.isEmpty() ? Mono.just(Set.of()) : this.books.taken(slugs);
	}

	private Mono<Void> save(Outcome outcome) {
		return outcome.drafts().isEmpty() ? Mono.empty() : this.books.save(outcome.drafts()).then();
	}

	/** A path that names a book of the same batch finds it: the books are saved. */
	private Mono<Outcome> savePaths(Outcome outcome) {
		return Flux.fromIterable(outcome.paths())
			.concatMap((path) -> this.paths.putInTurn(path.id(), path.content())
				.map((written) -> written.created() ? Outcome.ADDED : Outcome.CHANGED)
				.defaultIfEmpty(Outcome.UNCHANGED)
				.onErrorResume(Problem.class,
						(problem) -> Mono.just(Outcome.of(Refusal.of(problem, path.line(), path.text())))))
			.reduce(outcome, Outcome::plus);
	}

	/** Whether trying a batch again can help: the database was away, or busy. */
	static boolean passes(Throwable failure) {
		return switch (failure) {
			case BadSqlGrammarException _, DataIntegrityViolationException _ -> false;
			case DataAccessException _, TransactionException _, R2dbcException _, TimeoutException _ -> true;
			default -> false;
		};
	}

}

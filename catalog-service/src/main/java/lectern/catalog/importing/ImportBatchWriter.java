package lectern.catalog.importing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import lectern.catalog.book.Books;
import lectern.catalog.change.ChangeLog;
import lectern.catalog.change.Tombstones;
import lectern.catalog.change.Tombstones.DocumentKind;
import lectern.catalog.importing.BatchDecision.BatchResult;
import lectern.catalog.learningpath.LearningPaths;
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
class ImportBatchWriter {

	private final ChangeLog changes;

	private final Books books;

	private final LearningPaths paths;

	private final BookRules rules;

	private final ImportReports reports;

	private final Tombstones removed;

	ImportBatchWriter(ChangeLog changes, Tombstones removed, Books books, LearningPaths paths, BookRules rules,
			ImportReports imports) {
		this.changes = changes;
		this.books = books;
		this.paths = paths;
		this.rules = rules;
		this.reports = imports;
		this.removed = removed;
	}

	/**
	 * Write a batch, once however often it is tried: one whose commit was not heard of is
	 * found to be accounted for.
	 * @param lines in their order, at least one, all after those of earlier batches
	 * @return cold; fails with what the database says, and then nothing was written
	 */
	Mono<Void> write(String importId, List<ImportLine> lines) {
		int last = lines.getLast().line();
		return this.changes.inExclusiveTransaction(this.reports.lastProcessedLine(importId)
			.filter((through) -> through < last)
			.flatMap((_) -> findKnown(lines))
			.map((known) -> new BatchDecision(known, this.books::serialize, this.rules).decideAll(lines))
			.flatMap((outcome) -> save(outcome).then(savePaths(outcome)))
			.flatMap((outcome) -> this.reports.recordBatch(importId, outcome, last)));
	}

	private Mono<KnownBooks> findKnown(List<ImportLine> lines) {
		Set<String> asked = new HashSet<>();
		Set<String> slugs = new HashSet<>();
		Set<String> named = new HashSet<>();
		for (ImportLine line : lines) {
			switch (line) {
				case ListedBook book -> {
					asked.addAll(book.fingerprints());
					slugs.add(book.slug());
				}
				case BookDocumentLine book -> named.add(book.id());
				case PathDocumentLine _, RefusedLine _ -> {
				}
			}
		}
		return findKnown(asked).flatMap((ids) -> {
			Set<String> wanted = new HashSet<>(named);
			wanted.addAll(ids.values());
			return this.books.findByIds(wanted)
				.zipWhen((_) -> findUsedIds(slugs).zipWhen((_) -> removed(named)))
				.map((found) -> new KnownBooks(ids, found.getT1(), found.getT2().getT1(), found.getT2().getT2()));
		});
	}

	private Mono<Set<String>> removed(Set<String> named) {
		return named.isEmpty() ? Mono.just(Set.of()) : this.removed.findRemoved(DocumentKind.BOOK, named);
	}

	private Mono<Map<String, String>> findKnown(Set<String> asked) {
		return asked.isEmpty() ? Mono.just(Map.of()) : this.books.findIdsByFingerprints(asked);
	}

	private Mono<Set<String>> findUsedIds(Set<String> slugs) {
		return slugs.isEmpty() ? Mono.just(Set.of()) : this.books.findUsedIds(slugs);
	}

	private Mono<Void> save(BatchResult outcome) {
		return outcome.upserts().isEmpty() ? Mono.empty() : this.books.save(outcome.upserts()).then();
	}

	/** A path that names a book of the same batch finds it: the books are saved. */
	private Mono<BatchResult> savePaths(BatchResult outcome) {
		return Flux.fromIterable(outcome.paths())
			.concatMap((path) -> this.paths.putWithinTransaction(path.id(), path.content())
				.map((written) -> written.created() ? BatchResult.ADDED : BatchResult.CHANGED)
				.defaultIfEmpty(BatchResult.UNCHANGED)
				.onErrorResume(Problem.class,
						(problem) -> Mono.just(BatchResult.of(RefusedLine.of(problem, path.line(), path.text())))))
			.reduce(outcome, BatchResult::plus);
	}

	/** Whether trying a batch again can help: the database was away, or busy. */
	static boolean isTransient(Throwable failure) {
		return switch (failure) {
			case BadSqlGrammarException _, DataIntegrityViolationException _ -> false;
			case DataAccessException _, TransactionException _, R2dbcException _, TimeoutException _ -> true;
			default -> false;
		};
	}

}

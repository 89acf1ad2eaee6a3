package lectern.catalog.importing;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeoutException;

import io.r2dbc.spi.R2dbcException;
import lectern.catalog.book.BookFingerprints;
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
 * Writes the batches of imports. One transaction per batch writes the documents, their
 * change events and the counts of the import report.
 */
@Component
class ImportBatchWriter {

	private final ChangeLog changes;

	private final Books books;

	private final BookFingerprints fingerprints;

	private final LearningPaths paths;

	private final BookRules rules;

	private final ImportReports reports;

	private final Tombstones tombstones;

	ImportBatchWriter(ChangeLog changes, Tombstones tombstones, Books books, BookFingerprints fingerprints,
			LearningPaths paths, BookRules rules, ImportReports reports) {
		this.changes = changes;
		this.books = books;
		this.fingerprints = fingerprints;
		this.paths = paths;
		this.rules = rules;
		this.reports = reports;
		this.tombstones = tombstones;
	}

	/**
	 * Write a batch. Idempotent: a repetition after an unknown outcome of the commit
	 * finds the last line of the batch in the report and writes nothing.
	 * @param lines in their order, at least one, all after those of earlier batches
	 * @return a cold publisher; fails with the error of the database, after a rollback
	 */
	Mono<Void> write(String importId, List<ImportLine> lines) {
		int last = lines.getLast().line();
		return this.changes.inExclusiveTransaction(this.reports.lastProcessedLine(importId)
			.filter((through) -> through < last)
			.flatMap((_) -> findKnown(lines))
			.map((known) -> new BatchDecision(known, this.rules).decideAll(lines))
			.flatMap((result) -> saveBooks(result).then(savePaths(result)))
			.flatMap((result) -> this.reports.recordBatch(importId, result, last)));
	}

	private Mono<KnownBooks> findKnown(List<ImportLine> lines) {
		Set<String> fingerprints = new HashSet<>();
		Set<String> slugs = new HashSet<>();
		Set<String> documentIds = new HashSet<>();
		for (ImportLine line : lines) {
			switch (line) {
				case ListedBook book -> {
					fingerprints.addAll(book.fingerprints());
					slugs.add(book.slug());
				}
				case BookDocumentLine book -> documentIds.add(book.id());
				case PathDocumentLine _, RefusedLine _ -> {
				}
			}
		}
		return findIds(fingerprints).flatMap((idsByFingerprint) -> {
			Set<String> ids = new HashSet<>(documentIds);
			ids.addAll(idsByFingerprint.values());
			return this.books.findByIds(ids)
				.zipWhen((_) -> findUsedIds(slugs).zipWhen((_) -> findRemovedIds(documentIds)))
				.map((found) -> new KnownBooks(idsByFingerprint, found.getT1(), found.getT2().getT1(),
						found.getT2().getT2()));
		});
	}

	private Mono<Set<String>> findRemovedIds(Set<String> ids) {
		return ids.isEmpty() ? Mono.just(Set.of()) : this.tombstones.findRemoved(DocumentKind.BOOK, ids);
	}

	private Mono<Map<String, String>> findIds(Set<String> fingerprints) {
		return fingerprints.isEmpty() ? Mono.just(Map.of()) : this.fingerprints.findBookIds(fingerprints);
	}

	private Mono<Set<String>> findUsedIds(Set<String> slugs) {
		return slugs.isEmpty() ? Mono.just(Set.of()) : this.books.findUsedIds(slugs);
	}

	private Mono<Void> saveBooks(BatchResult result) {
		return result.upserts().isEmpty() ? Mono.empty() : this.books.save(result.upserts()).then();
	}

	/** Called after the books are saved: a path may refer to a book of the same batch. */
	private Mono<BatchResult> savePaths(BatchResult result) {
		return Flux.fromIterable(result.paths())
			.concatMap((path) -> this.paths.putWithinTransaction(path.id(), path.content())
				.map((written) -> written.created() ? BatchResult.ADDED : BatchResult.CHANGED)
				.defaultIfEmpty(BatchResult.UNCHANGED)
				.onErrorResume(Problem.class,
						(problem) -> Mono.just(BatchResult.of(RefusedLine.of(problem, path.line(), path.text())))))
			.reduce(result, BatchResult::plus);
	}

	/** Whether a retry can succeed: the database was not available or was overloaded. */
	static boolean isTransient(Throwable failure) {
		return switch (failure) {
			case BadSqlGrammarException _, DataIntegrityViolationException _ -> false;
			case DataAccessException _, TransactionException _, R2dbcException _, TimeoutException _ -> true;
			default -> false;
		};
	}

}

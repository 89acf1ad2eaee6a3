package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import lectern.catalog.book.Book;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookDeduplication;
import lectern.catalog.book.BookUpsert;
import lectern.catalog.book.Slug;
import lectern.catalog.change.Tombstones;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the lines of one batch change in the catalog. Each line sees the changes
 * of the lines before it. Does no I/O. Used for one batch.
 */
final class BatchDecision {

	private final KnownBooks known;

	private final BookRules rules;

	private final Map<String, String> ids;

	private final Set<String> usedIds;

	private final Map<String, BookContent> written = new LinkedHashMap<>();

	private final Map<String, Set<String>> fingerprints = new HashMap<>();

	private final List<RefusedLine> refusals = new ArrayList<>();

	private final List<PathDocumentLine> paths = new ArrayList<>();

	private int added;

	private int changed;

	private int merged;

	private int unchanged;

	BatchDecision(KnownBooks known, BookRules rules) {
		this.known = known;
		this.rules = rules;
		this.ids = new HashMap<>(known.idsByFingerprint());
		this.usedIds = new HashSet<>(known.usedIds());
	}

	/** Decide all lines of a batch, in their order. */
	BatchResult decideAll(List<ImportLine> lines) {
		for (ImportLine line : lines) {
			switch (line) {
				case ListedBook book -> decide(book);
				case BookDocumentLine book -> decide(book);
				case PathDocumentLine path -> this.paths.add(path);
				case RefusedLine refused -> this.refusals.add(refused);
			}
		}
		List<BookUpsert> upserts = this.written.entrySet()
			.stream()
			.map((entry) -> new BookUpsert(entry.getKey(), entry.getValue(), this.known.books().get(entry.getKey()),
					Objects.requireNonNull(this.fingerprints.get(entry.getKey()))))
			.toList();
		return new BatchResult(upserts, this.paths, this.added, this.changed, this.unchanged, this.merged,
				this.refusals);
	}

	private void decide(ListedBook listed) {
		String id = find(listed);
		if (id == null) {
			String newId = Slug.firstUnused(listed.slug(), this.usedIds);
			this.usedIds.add(newId);
			write(newId, listed.content());
			this.added++;
			return;
		}
		BookContent before = content(id);
		BookContent after = BookMerge.merge(before, listed.content());
		if (after.equals(before)) {
			this.unchanged++;
			return;
		}
		String violation = this.rules.findViolation(after);
		if (violation != null) {
			this.refusals.add(listed.refuse("The item cannot be merged into the book " + id + ": " + violation));
			return;
		}
		write(id, after);
		this.merged++;
	}

	/** A document replaces the book with its id. */
	private void decide(BookDocumentLine document) {
		if (this.known.removedIds().contains(document.id())) {
			this.refusals.add(RefusedLine.of(Tombstones.reusedId(document.id()), document.line(), document.text()));
			return;
		}
		BookContent before = existing(document.id());
		if (document.content().equals(before)) {
			this.unchanged++;
			return;
		}
		this.usedIds.add(document.id());
		write(document.id(), document.content(), document.fingerprints());
		if (before == null) {
			this.added++;
		}
		else {
			this.changed++;
		}
	}

	private @Nullable String find(ListedBook listed) {
		for (String fingerprint : listed.fingerprints()) {
			String id = this.ids.get(fingerprint);
			if (id != null && BookDeduplication.isSameBook(content(id), listed.content())) {
				return id;
			}
		}
		return null;
	}

	private BookContent content(String id) {
		return Objects.requireNonNull(existing(id));
	}

	private @Nullable BookContent existing(String id) {
		BookContent inBatch = this.written.get(id);
		Book stored = this.known.books().get(id);
		return (inBatch != null) ? inBatch : (stored != null) ? stored.content() : null;
	}

	private void write(String id, BookContent content) {
		write(id, content, BookDeduplication.fingerprints(content));
	}

	private void write(String id, BookContent content, Set<String> contentFingerprints) {
		this.written.put(id, content);
		this.fingerprints.put(id, contentFingerprints);
		contentFingerprints.forEach((fingerprint) -> this.ids.putIfAbsent(fingerprint, id));
	}

	/**
	 * The changes and counts of a batch.
	 *
	 * @param upserts the books to write, each book once
	 * @param paths the paths to write after the books, because they refer to books
	 */
	record BatchResult(List<BookUpsert> upserts, List<PathDocumentLine> paths, int added, int changed, int unchanged,
			int merged, List<RefusedLine> refusals) {

		static final BatchResult ADDED = counted(1, 0, 0);

		static final BatchResult CHANGED = counted(0, 1, 0);

		static final BatchResult UNCHANGED = counted(0, 0, 1);

		private static BatchResult counted(int added, int changed, int unchanged) {
			return new BatchResult(List.of(), List.of(), added, changed, unchanged, 0, List.of());
		}

		static BatchResult of(RefusedLine refusal) {
			return new BatchResult(List.of(), List.of(), 0, 0, 0, 0, List.of(refusal));
		}

		/** Return this result with the counts and refusals of one path added. */
		BatchResult plus(BatchResult path) {
			List<RefusedLine> all = new ArrayList<>(this.refusals);
			all.addAll(path.refusals);
			return new BatchResult(this.upserts, this.paths, this.added + path.added, this.changed + path.changed,
					this.unchanged + path.unchanged, this.merged, all);
		}

	}

}

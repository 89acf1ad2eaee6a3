package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

import lectern.catalog.book.Book;
import lectern.catalog.book.BookContent;
import lectern.catalog.book.Draft;
import lectern.catalog.book.Prepared;
import lectern.catalog.change.RemovedIds;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the books of one batch do to the catalog, one after the other, each on
 * what those before it have left. Pure: reads and writes nothing. Used once.
 */
final class BatchDecision {

	private final KnownBooks known;

	private final Function<BookContent, Prepared> prepare;

	private final BookRules rules;

	private final Map<String, String> ids;

	private final Set<String> taken;

	private final Map<String, BookContent> written = new LinkedHashMap<>();

	private final Map<String, Prepared> prepared = new HashMap<>();

	private final List<Refusal> refusals = new ArrayList<>();

	private final List<PathDocument> paths = new ArrayList<>();

	private int added;

	private int changed;

	private int merged;

	private int unchanged;

	BatchDecision(KnownBooks known, Function<BookContent, Prepared> prepare, BookRules rules) {
		this.known = known;
		this.prepare = prepare;
		this.rules = rules;
		this.ids = new HashMap<>(known.ids());
		this.taken = new HashSet<>(known.taken());
	}

	/** What the lines of a batch come to. */
	Outcome of(List<CountedLine> lines) {
		for (CountedLine line : lines) {
			switch (line) {
				case ListedBook book -> decide(book);
				case BookDocument book -> decide(book);
				case PathDocument path -> this.paths.add(path);
				case Refusal refused -> this.refusals.add(refused);
			}
		}
		List<Draft> drafts = this.written.entrySet()
			.stream()
			.map((entry) -> new Draft(entry.getKey(), entry.getValue(), this.known.books().get(entry.getKey()),
					this.prepared.get(entry.getKey())))
			.toList();
		return new Outcome(drafts, this.paths, this.added, this.changed, this.unchanged, this.merged, this.refusals);
	}

	private void decide(ListedBook listed) {
		String id = find(listed);
		if (id == null) {
			write(free(listed.slug()), listed.content());
			this.added++;
			return;
		}
		BookContent before = content(id);
		BookContent after = BookMerge.merge(before, listed.content());
		if (after.equals(before)) {
			this.unchanged++;
			return;
		}
		String objection = this.rules.objection(after);
		if (objection != null) {
			this.refusals.add(listed.refused("It is known as " + id + ", where no more of it fits: " + objection));
			return;
		}
		write(id, after);
		this.merged++;
	}

	/** A document under an id is the book of this id, whatever it was. */
	private void decide(BookDocument document) {
		if (this.known.removed().contains(document.id())) {
			this.refusals.add(Refusal.of(RemovedIds.removed(document.id()), document.line(), document.text()));
			return;
		}
		BookContent before = existing(document.id());
		if (document.content().equals(before)) {
			this.unchanged++;
			return;
		}
		this.taken.add(document.id());
		write(document.id(), document.content(), document.prepared());
		if (before == null) {
			this.added++;
		}
		else {
			this.changed++;
		}
	}

	private @Nullable String find(ListedBook listed) {
		for (String key : listed.keys()) {
			String id = this.ids.get(key);
			if (id != null && BookMerge.canBeSame(content(id), listed.content())) {
				return id;
			}
		}
		return null;
	}

	private BookContent content(String id) {
		return Objects.requireNonNull(existing(id));
	}

	private @Nullable BookContent existing(String id) {
		BookContent now = this.written.get(id);
		Book before = this.known.books().get(id);
		return (now != null) ? now : (before != null) ? before.content() : null;
	}

	private void write(String id, BookContent content) {
		write(id, content, this.prepare.apply(content));
	}

	private void write(String id, BookContent content, Prepared made) {
		this.written.put(id, content);
		this.prepared.put(id, made);
		made.keys().forEach((key) -> this.ids.putIfAbsent(key, id));
	}

	private String free(String slug) {
		String id = slug;
		for (int number = 2; !this.taken.add(id); number++) {
			id = slug + "-" + number;
		}
		return id;
	}

	/**
	 * What a batch comes to.
	 *
	 * @param drafts what is to be written, each of another book
	 * @param paths to be written after the books, which they name
	 */
	record Outcome(List<Draft> drafts, List<PathDocument> paths, int added, int changed, int unchanged, int merged,
			List<Refusal> refusals) {

		static final Outcome ADDED = counted(1, 0, 0);

		static final Outcome CHANGED = counted(0, 1, 0);

		static final Outcome UNCHANGED = counted(0, 0, 1);

		private static Outcome counted(int added, int changed, int unchanged) {
			return new Outcome(List.of(), List.of(), added, changed, unchanged, 0, List.of());
		}

		static Outcome of(Refusal refusal) {
			return new Outcome(List.of(), List.of(), 0, 0, 0, 0, List.of(refusal));
		}

		/** With what one of the paths has come to. */
		Outcome plus(Outcome path) {
			List<Refusal> all = new ArrayList<>(this.refusals);
			all.addAll(path.refusals);
			return new Outcome(this.drafts, this.paths, this.added + path.added, this.changed + path.changed,
					this.unchanged + path.unchanged, this.merged, all);
		}

	}

}

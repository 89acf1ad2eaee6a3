package lectern.catalog.importing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookKeys;
import lectern.catalog.book.Draft;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the books of one batch do to the catalog, one after the other, each on
 * what those before it have left. Pure: reads and writes nothing. Used once.
 */
final class BatchDecision {

	private final KnownBooks known;

	private final BookKeys keys;

	private final BookRules rules;

	private final Map<String, String> ids;

	private final Set<String> taken;

	private final Map<String, BookContent> written = new LinkedHashMap<>();

	private final List<Refusal> refusals = new ArrayList<>();

	private int added;

	private int merged;

	private int unchanged;

	BatchDecision(KnownBooks known, BookKeys keys, BookRules rules) {
		this.known = known;
		this.keys = keys;
		this.rules = rules;
		this.ids = new HashMap<>(known.ids());
		this.taken = new HashSet<>(known.taken());
	}

	/** What the lines of a batch come to. */
	Outcome of(List<CountedLine> lines) {
		for (CountedLine line : lines) {
			switch (line) {
				case ListedBook book -> decide(book);
				case Refusal refused -> this.refusals.add(refused);
			}
		}
		List<Draft> drafts = this.written.entrySet()
			.stream()
			.map((entry) -> new Draft(entry.getKey(), entry.getValue(), this.known.books().get(entry.getKey())))
			.toList();
		return new Outcome(drafts, this.added, this.merged, this.unchanged, this.refusals);
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
		BookContent now = this.written.get(id);
		return (now != null) ? now : Objects.requireNonNull(this.known.books().get(id)).content();
	}

	private void write(String id, BookContent content) {
		this.written.put(id, content);
		this.keys.of(content).forEach((key) -> this.ids.putIfAbsent(key, id));
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
	 */
	record Outcome(List<Draft> drafts, int added, int merged, int unchanged, List<Refusal> refusals) {
	}

}

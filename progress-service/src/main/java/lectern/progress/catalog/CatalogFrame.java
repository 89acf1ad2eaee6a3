package lectern.progress.catalog;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One block of the catalog's event stream. Spring's own reader of such streams takes a
 * block that was torn off for a whole one; here its end must be there, as the standard
 * has it.
 *
 * @param id the cursor; null when the block has none
 * @param event the name of a control event; null for an event of the catalog
 * @param data null for a heartbeat
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">Server-
 * Sent Events</a>
 */
record CatalogFrame(@Nullable String id, @Nullable String event, @Nullable String data) {

	/** The frame that lines stand for; empty if the empty line at its end is missing. */
	static Optional<CatalogFrame> read(List<String> lines) {
		return lines.getLast().isEmpty()
				? Optional.of(new CatalogFrame(field(lines, "id:"), field(lines, "event:"), field(lines, "data:")))
				: Optional.empty();
	}

	private static @Nullable String field(List<String> lines, String name) {
		List<String> values = lines.stream()
			.filter((line) -> line.startsWith(name))
			.map((line) -> line.substring(name.length()))
			.map((value) -> value.startsWith(" ") ? value.substring(1) : value)
			.toList();
		return values.isEmpty() ? null : String.join("\n", values);
	}

}

package lectern.progress.catalogreplica;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import lectern.progress.model.BookSnapshot;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event of the catalog, reduced to what this service needs. */
sealed interface CatalogEvent {

	/**
	 * A book was added or changed.
	 *
	 * @param editions its editions as JSON
	 */
	record BookUpserted(BookSnapshot book, String editions) implements CatalogEvent {
	}

	/**
	 * A path was added or changed.
	 *
	 * @param document the path as JSON
	 */
	record PathUpserted(String id, String document) implements CatalogEvent {
	}

	/** A book was removed. Readings of it stay as they are. */
	record BookDeleted(String id) implements CatalogEvent {
	}

	/**
	 * A path was removed. Nobody can join it any more; readers who have joined it keep
	 * their progress.
	 */
	record PathDeleted(String id) implements CatalogEvent {
	}

	/** An event of a type that this service ignores. */
	record Irrelevant() implements CatalogEvent {
	}

	/** An event that cannot be parsed. Receiving it again would not help. */
	record Malformed() implements CatalogEvent {
	}

	/**
	 * Parse the data of an SSE event.
	 * @return never null; {@link Malformed} if the data cannot be parsed
	 */
	static CatalogEvent parse(String data) {
		try {
			JsonNode event = CatalogEventParser.MAPPER.readTree(data);
			return switch (event.path("type").asString("")) {
				case "" -> new Malformed();
				case "book-added", "book-changed" -> CatalogEventParser.book(event);
				case "book-removed" -> CatalogEventParser.removal(event.path("book"), BookDeleted::new);
				case "path-added", "path-changed" -> CatalogEventParser.path(event);
				case "path-removed" -> CatalogEventParser.removal(event.path("path"), PathDeleted::new);
				default -> new Irrelevant();
			};
		}
		catch (JacksonException _) {
			return new Malformed();
		}
	}

	/**
	 * The editions in the document of a book, as JSON.
	 * @throws JacksonException if the document is not JSON
	 */
	static String editionsOf(String document) {
		return CatalogEventParser.editions(CatalogEventParser.MAPPER.readTree(document));
	}

	/** Parses JSON that another service wrote, and validates everything it uses. */
	final class CatalogEventParser {

		private static final JsonMapper MAPPER = new JsonMapper();

		private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,200}");

		private static final String DATA = "data";

		private CatalogEventParser() {
		}

		private static CatalogEvent book(JsonNode event) {
			String id = id(event.path("book"));
			String title = text(event.path(DATA).path("title"));
			List<JsonNode> authors = event.path(DATA).path("authors").valueStream().toList();
			if (id == null || title == null || authors.stream().anyMatch((author) -> text(author) == null)) {
				return new Malformed();
			}
			return new BookUpserted(new BookSnapshot(id, title, authors.stream().map(JsonNode::stringValue).toList()),
					editions(event.path(DATA)));
		}

		private static String editions(JsonNode document) {
			JsonNode editions = document.path("editions");
			return editions.isArray() ? editions.toString() : "[]";
		}

		private static CatalogEvent removal(JsonNode removed, Function<String, CatalogEvent> event) {
			String id = id(removed);
			return (id != null) ? event.apply(id) : new Malformed();
		}

		private static CatalogEvent path(JsonNode event) {
			String id = id(event.path("path"));
			return (id != null && event.path(DATA).isObject()) ? new PathUpserted(id, event.path(DATA).toString())
					: new Malformed();
		}

		private static @Nullable String id(JsonNode node) {
			return (node.isString() && ID.matcher(node.stringValue()).matches()) ? node.stringValue() : null;
		}

		/** PostgreSQL cannot store text that contains NUL. */
		private static @Nullable String text(JsonNode node) {
			return (node.isString() && !node.stringValue().isBlank() && node.stringValue().indexOf(0) < 0)
					? node.stringValue() : null;
		}

	}

}

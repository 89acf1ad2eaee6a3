package lectern.progress.catalogreplica;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

import lectern.progress.model.BookSnapshot;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An event of the catalog, as far as progress needs it. */
sealed interface CatalogEvent {

	/** A book is this from now on. */
	record BookUpserted(BookSnapshot book) implements CatalogEvent {
	}

	/**
	 * A path is this from now on.
	 *
	 * @param document JSON
	 */
	record PathUpserted(String id, String document) implements CatalogEvent {
	}

	/** A book is not there any more; what was read of it stays as it is. */
	record BookDeleted(String id) implements CatalogEvent {
	}

	/** Nobody can join a path any more; who is on it walks on. */
	record PathDeleted(String id) implements CatalogEvent {
	}

	/** Nothing that progress keeps. */
	record Irrelevant() implements CatalogEvent {
	}

	/** It makes no sense, and will make none when it is sent again. */
	record Malformed() implements CatalogEvent {
	}

	/** The event that the data of a block stands for. */
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

	/** Reads what another service wrote, and takes nothing for granted. */
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
			return new BookUpserted(new BookSnapshot(id, title, authors.stream().map(JsonNode::stringValue).toList()));
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

		/** PostgreSQL stores any text but one with NUL in it. */
		private static @Nullable String text(JsonNode node) {
			return (node.isString() && !node.stringValue().isBlank() && node.stringValue().indexOf(0) < 0)
					? node.stringValue() : null;
		}

	}

}

package lectern.launcher.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The books and paths of the demo, in the form that an import takes. The books come
 * before the paths.
 *
 * @param documents the lines of the file
 */
record DemoCatalog(List<ObjectNode> documents) {

	private static final String FILE = "catalog.ndjson";

	/** Read the file that the demo brings along. */
	static DemoCatalog read() {
		try (InputStream file = Objects.requireNonNull(DemoCatalog.class.getResourceAsStream(FILE), FILE);
				BufferedReader lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
			return new DemoCatalog(lines.lines().map((line) -> DemoJson.read(line, ObjectNode.class)).toList());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	List<String> bookIds() {
		return ids(DemoCatalog::isBook);
	}

	List<String> pathIds() {
		return ids((document) -> !isBook(document));
	}

	private List<String> ids(Predicate<JsonNode> condition) {
		return this.documents.stream().filter(condition).map(DemoCatalog::id).toList();
	}

	/** Return the ids of the books of a path, in the order of its gates. */
	List<String> booksOfPath(String path) {
		return this.documents.stream()
			.filter((document) -> !isBook(document) && id(document).equals(path))
			.flatMap((document) -> document.path("gates").valueStream())
			.flatMap((gate) -> gate.path("steps").valueStream())
			.map((step) -> step.path("book").asString())
			.toList();
	}

	/**
	 * Write the documents of some ids as the content of an import.
	 * @param newId gives each id the one that it has in the catalog
	 */
	String toLines(Predicate<String> included, UnaryOperator<String> newId) {
		return this.documents.stream()
			.filter((document) -> included.test(id(document)))
			.map((document) -> rename(document.deepCopy(), newId) + "\n")
			.collect(Collectors.joining());
	}

	private static ObjectNode rename(ObjectNode document, UnaryOperator<String> newId) {
		document.put("id", newId.apply(id(document)));
		document.path("gates")
			.valueStream()
			.flatMap((gate) -> gate.path("steps").valueStream())
			.forEach((step) -> ((ObjectNode) step).put("book", newId.apply(step.path("book").asString())));
		return document;
	}

	static boolean isBook(JsonNode document) {
		return document.path("type").asString().equals("book");
	}

	static String id(JsonNode document) {
		return document.path("id").asString();
	}

}

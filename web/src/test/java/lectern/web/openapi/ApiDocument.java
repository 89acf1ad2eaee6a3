package lectern.web.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The OpenAPI document of all services, which is checked in as {@code docs/openapi.json}.
 * Each service replaces the operations that have its tags.
 */
public final class ApiDocument {

	/** The system property that writes the document anew. */
	public static final String WRITE = "lectern.openapi.write";

	static final String IGNORED_MEMBER = "Accepted and ignored, so that a document that was read can be written back.";

	private static final JsonMapper MAPPER = JsonMapper.builder().build();

	private static final List<String> KINDS = List.of("schemas", "responses", "parameters", "examples", "headers",
			"securitySchemes");

	private final ObjectNode root;

	ApiDocument(ObjectNode root) {
		this.root = root;
	}

	/** Read the document that is checked in. */
	public static ApiDocument checkedIn() {
		return read(file("openapi.json"));
	}

	/** Read a document; an empty one if there is no such file. */
	public static ApiDocument read(Path file) {
		return new ApiDocument(Files.exists(file) ? (ObjectNode) MAPPER.readTree(file) : MAPPER.createObjectNode());
	}

	/** The path of a file in the folder {@code docs}. */
	public static Path file(String name) {
		return root("docs").resolve(name);
	}

	/** The path of a file of the project; tests run in the folder of their module. */
	static Path root(String file) {
		Path folder = Path.of("").toAbsolutePath();
		while (!Files.isRegularFile(folder.resolve("docs/architecture.md"))) {
			folder = folder.getParent();
		}
		return folder.resolve(file);
	}

	public ObjectNode root() {
		return this.root;
	}

	/**
	 * Return the calls of the operations with some of these tags, such as {@code GET
	 * /api/v1/books/{book}}.
	 */
	Set<String> calls(Collection<String> tags) {
		Set<String> calls = new TreeSet<>();
		this.root.path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.stream()
				.filter((operation) -> hasTag(operation.getValue(), tags))
				.forEach((operation) -> calls.add(operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey())));
		return calls;
	}

	/** Return the paths whose reads are not event streams. */
	public List<String> pathsWithoutStreams() {
		return this.root.get("paths")
			.properties()
			.stream()
			.filter((path) -> path.getValue().at("/get/responses/200/content/text~1event-stream").isMissingNode())
			.map(Map.Entry::getKey)
			.toList();
	}

	/**
	 * Return the document with the operations of one service replaced.
	 * @param part the document of the service alone
	 */
	ApiDocument with(ObjectNode part) {
		Set<String> tags = new HashSet<>();
		part.path("tags").forEach((tag) -> tags.add(tag.get("name").stringValue()));
		Map<String, JsonNode> paths = new TreeMap<>();
		this.root.path("paths")
			.properties()
			.stream()
			.filter((path) -> path.getValue().valueStream().noneMatch((operation) -> hasTag(operation, tags)))
			.forEach((path) -> paths.put(path.getKey(), path.getValue()));
		part.get("paths").properties().forEach((path) -> paths.put(path.getKey(), path.getValue()));
		Map<String, JsonNode> allTags = new TreeMap<>();
		List.of(this.root, part)
			.forEach((document) -> document.path("tags")
				.forEach((tag) -> allTags.put(tag.get("name").stringValue(), tag)));

		ObjectNode merged = MAPPER.createObjectNode();
		List.of("openapi", "info", "servers", "security")
			.stream()
			.filter(part::has)
			.forEach((name) -> merged.set(name, part.get(name)));
		allTags.values()
			.stream()
			.filter((tag) -> paths.values()
				.stream()
				.flatMap(JsonNode::valueStream)
				.anyMatch((operation) -> hasTag(operation, Set.of(tag.get("name").stringValue()))))
			.forEach(merged.withArray("/tags")::add);
		ObjectNode mergedPaths = merged.putObject("paths");
		paths.forEach(mergedPaths::set);
		addComponents(merged, part);
		return new ApiDocument(merged);
	}

	private static boolean hasTag(JsonNode operation, Collection<String> tags) {
		return operation.path("tags").valueStream().anyMatch((tag) -> tags.contains(tag.stringValue()));
	}

	/** Components of the service are newer; those that nothing refers to are left out. */
	private void addComponents(ObjectNode merged, ObjectNode part) {
		ObjectNode all = MAPPER.createObjectNode();
		for (String kind : KINDS) {
			ObjectNode components = all.putObject(kind);
			List.of(this.root, part)
				.forEach((document) -> document.path("components")
					.path(kind)
					.properties()
					.forEach((component) -> components.set(component.getKey(), component.getValue())));
		}
		Set<String> used = references(merged, all);
		ObjectNode components = merged.putObject("components");
		for (String kind : KINDS) {
			Map<String, JsonNode> sorted = new TreeMap<>();
			all.get(kind)
				.properties()
				.stream()
				.filter((component) -> kind.equals("securitySchemes")
						|| used.contains("#/components/" + kind + "/" + component.getKey()))
				.forEach((component) -> sorted.put(component.getKey(), component.getValue()));
			ObjectNode target = components.putObject(kind);
			sorted.forEach(target::set);
		}
	}

	private static Set<String> references(JsonNode start, ObjectNode components) {
		Set<String> found = new HashSet<>();
		Deque<JsonNode> open = new ArrayDeque<>(List.of(start));
		while (!open.isEmpty()) {
			JsonNode node = open.pop();
			Iterator<JsonNode> children = node.iterator();
			children.forEachRemaining((child) -> {
				if (child.isContainer()) {
					open.push(child);
				}
				else if (child.isString() && child.stringValue().startsWith("#/components/")
						&& found.add(child.stringValue())) {
					open.push(components.at(child.stringValue().substring("#/components".length())));
				}
			});
		}
		return found;
	}

	/** Return the document as it is checked in. */
	public String toText() {
		DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
		DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter)
			.withArrayIndenter(indenter);
		// A number has the same form whether it was read or is new.
		JsonNode reread = MAPPER.readTree(this.root.toString());
		return MAPPER.writer().with(printer).writeValueAsString(reread) + "\n";
	}

	void write(Path file) {
		try {
			Files.writeString(file, toText());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}

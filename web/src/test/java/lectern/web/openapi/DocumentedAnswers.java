package lectern.web.openapi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.UriComponentsBuilder;
import org.springframework.web.util.UriUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Compares real answers with the OpenAPI document: their status, headers, media type and
 * content, and the parameters of requests that succeed.
 */
public final class DocumentedAnswers {

	/** Answers of the HTTP server, of a fault, and to a method that does not exist. */
	private static final Set<Integer> UNDECLARED = Set.of(405, 408, 414, 431, 500, 505);

	/**
	 * The document says of all answers together how long they may be kept, and of limits.
	 */
	private static final Set<String> HEADERS_OF_ALL = Set.of("Cache-Control", "RateLimit", "RateLimit-Policy");

	private final ObjectNode document = ApiDocument.checkedIn().root();

	private final ContentValidator validator = new ContentValidator(this.document);

	private final Map<PathPattern, JsonNode> paths;

	private final Set<String> headerNames;

	private DocumentedAnswers() {
		this.headerNames = Stream.of(this.document.get("paths"), this.document.at("/components/responses"))
			.flatMap((part) -> part.findValues("headers").stream())
			.flatMap((headers) -> headers.propertyNames().stream())
			.collect(Collectors.toUnmodifiableSet());
		this.paths = this.document.get("paths")
			.properties()
			.stream()
			.collect(Collectors.toUnmodifiableMap((path) -> PathPatternParser.defaultInstance.parse(path.getKey()),
					Map.Entry::getValue));
	}

	/** Return the comparison with the document that is checked in. */
	public static DocumentedAnswers checkedIn() {
		return CheckedIn.INSTANCE;
	}

	/**
	 * Return a sentence for each difference; empty for a request that is no operation.
	 * @param path with the base path of the API, perhaps with a query
	 * @param content the whole content, which is not looked at if it is compressed; empty
	 * if there is none
	 */
	public List<String> faults(String method, String path, int status, HttpHeaders headers, byte[] content) {
		boolean head = method.equals("HEAD");
		JsonNode operation = find(head ? "get" : method.toLowerCase(Locale.ROOT), path.replaceFirst("\\?.*", ""));
		if (operation == null || UNDECLARED.contains(status)) {
			return List.of();
		}
		JsonNode response = ApiChanges.resolve(this.document, operation.get("responses").path(String.valueOf(status)));
		if (response.isMissingNode()) {
			return List.of("The status " + status + " is not documented");
		}
		List<String> faults = new ArrayList<>(headerFaults(response.path("headers"), headers));
		if (status / 100 == 2) {
			faults.addAll(parameterFaults(operation, path));
		}
		if (headers.containsHeader(HttpHeaders.CONTENT_ENCODING)) {
			return faults;
		}
		if (content.length > 0) {
			faults.addAll(contentFaults(response.path("content"), headers.getContentType(), content));
		}
		else if (!head && response.has("content") && !isText(response)) {
			faults.add("There is no content");
		}
		return faults;
	}

	private List<String> headerFaults(JsonNode documented, HttpHeaders headers) {
		List<String> faults = new ArrayList<>();
		this.headerNames.forEach((name) -> {
			JsonNode header = ApiChanges.resolve(this.document, documented.path(name));
			String value = headers.getFirst(name);
			if (value == null) {
				if (header.path("required").asBoolean(false)) {
					faults.add("The header " + name + " is missing");
				}
			}
			else if (!header.isMissingNode()) {
				faults.addAll(this.validator.faults(header.get("schema"), StringNode.valueOf(value)));
			}
			else if (!HEADERS_OF_ALL.contains(name)) {
				faults.add("The header " + name + " is not documented");
			}
		});
		return faults;
	}

	private List<String> parameterFaults(JsonNode operation, String path) {
		List<String> documented = operation.path("parameters")
			.valueStream()
			.map((parameter) -> ApiChanges.resolve(this.document, parameter))
			.filter((parameter) -> parameter.get("in").stringValue().equals("query"))
			.map((parameter) -> parameter.get("name").stringValue())
			.toList();
		return UriComponentsBuilder.fromUriString(path)
			.build()
			.getQueryParams()
			.keySet()
			.stream()
			.map((name) -> UriUtils.decode(name, StandardCharsets.UTF_8))
			.filter((name) -> !documented.contains(name))
			.map((name) -> "The parameter " + name + " is not documented")
			.toList();
	}

	/** A stream or a list of lines may be empty. */
	private static boolean isText(JsonNode response) {
		return response.get("content").valueStream().allMatch((content) -> content.get("schema").has("x-itemSchema"));
	}

	private List<String> contentFaults(JsonNode contents, @Nullable MediaType type, byte[] content) {
		String name = (type != null) ? type.getType() + "/" + type.getSubtype() : "";
		JsonNode documented = contents.path(name);
		if (documented.isMissingNode()) {
			return List.of("The media type " + name + " is not documented");
		}
		String text = new String(content, StandardCharsets.UTF_8);
		return parts(documented.get("schema"), name, text)
			.flatMap((part) -> this.validator.faults(part.schema(), part.value())
				.stream()
				.map((fault) -> fault + " in " + part.value()))
			.toList();
	}

	private static Stream<Part> parts(JsonNode schema, String mediaType, String text) {
		if (!schema.has("x-itemSchema")) {
			return Stream.of(Part.of(schema, text));
		}
		JsonNode item = schema.get("x-itemSchema");
		return mediaType.equals("text/event-stream")
				? Stream.of(text.split("\n\n")).flatMap((event) -> event(schema, item, event))
				: text.lines().filter((line) -> !line.isBlank()).map((line) -> Part.of(item, line));
	}

	/** The data of one event, which may have none. A control event has a name. */
	private static Stream<Part> event(JsonNode stream, JsonNode item, String event) {
		String name = field(event, "event").findFirst().orElse("");
		JsonNode schema = name.isEmpty() ? item : stream.get("x-controlEvents").path(name);
		return field(event, "data").map((data) -> Part.of(schema, data));
	}

	private static Stream<String> field(String event, String name) {
		return event.lines()
			.filter((line) -> line.startsWith(name + ":"))
			.map((line) -> line.substring(name.length() + 1).strip());
	}

	/** The most specific path wins, as for a controller. */
	private @Nullable JsonNode find(String verb, String path) {
		PathContainer container = PathContainer.parsePath(path);
		return this.paths.entrySet()
			.stream()
			.filter((candidate) -> candidate.getKey().matches(container))
			.min(Comparator.comparing(Map.Entry::getKey))
			.map((candidate) -> candidate.getValue().get(verb))
			.orElse(null);
	}

	/** A part of the content with its own schema. */
	private record Part(JsonNode schema, JsonNode value) {

		static Part of(JsonNode schema, String text) {
			return new Part(schema, JsonMapper.shared().readTree(text));
		}

	}

	/** The document is read when it is needed for the first time. */
	private static final class CheckedIn {

		private static final DocumentedAnswers INSTANCE = new DocumentedAnswers();

	}

}

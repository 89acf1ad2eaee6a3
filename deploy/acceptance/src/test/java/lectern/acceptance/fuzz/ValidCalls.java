package lectern.acceptance.fuzz;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Generates requests that are as the document says. */
final class ValidCalls {

	private static final double QUERY_PRESENT = 0.25;

	private static final double HEADER_PRESENT = 0.8;

	/** Opaque values of earlier answers, which nobody can make up. */
	private static final List<String> NEVER = List.of("page");

	private final ApiOperation operation;

	private final SchemaArbitraries schemas;

	private final ApiVocabulary vocabulary;

	ValidCalls(ObjectNode document, ApiVocabulary vocabulary, ApiOperation operation) {
		this.operation = operation;
		this.schemas = new SchemaArbitraries(document, vocabulary, operation.id());
		this.vocabulary = vocabulary;
	}

	Arbitrary<ApiCall> calls() {
		return Combinators
			.combine(values("path", 1), values("query", QUERY_PRESENT), values("header", HEADER_PRESENT), account(),
					contents())
			.as(this::call);
	}

	/** Who calls, if it is not the reader whom the path names. */
	private Arbitrary<String> account() {
		return this.vocabulary.find(this.operation.id(), "account").orElse(Arbitraries.just(""));
	}

	private Arbitrary<Map<String, String>> values(String in, double present) {
		List<ApiParameter> parameters = this.operation.parameters()
			.stream()
			.filter((parameter) -> parameter.isIn(in) && !NEVER.contains(parameter.name()))
			.toList();
		List<Arbitrary<Optional<String>>> values = parameters.stream()
			.map((parameter) -> this.schemas.parameter(parameter).optional(present))
			.toList();
		return Combinators.combine(values).as((chosen) -> {
			Map<String, String> named = new LinkedHashMap<>();
			for (int i = 0; i < chosen.size(); i++) {
				String name = parameters.get(i).name();
				chosen.get(i).ifPresent((value) -> named.put(name, value));
			}
			return named;
		});
	}

	private Arbitrary<Content> contents() {
		if (this.operation.contents().isEmpty()) {
			return Arbitraries.just(new Content("", Optional.empty(), ""));
		}
		return Arbitraries.oneOf(this.operation.contents().entrySet().stream().map(this::content).toList());
	}

	private Arbitrary<Content> content(Map.Entry<String, JsonNode> content) {
		String type = content.getKey();
		if (content.getValue().has("x-itemSchema")) {
			return this.schemas.of(content.getValue().get("x-itemSchema"), "")
				.list()
				.ofMaxSize(5)
				.map((lines) -> new Content(type, Optional.empty(),
						lines.stream()
							.map((line) -> JsonMapper.shared().writeValueAsString(line) + "\n")
							.collect(Collectors.joining())));
		}
		if (content.getValue().path("type").asString("").equals("string")) {
			return this.vocabulary.find(this.operation.id(), type)
				.orElseThrow()
				.map((text) -> new Content(type, Optional.empty(), text));
		}
		return this.schemas.of(content.getValue(), "").map((json) -> new Content(type, Optional.of(json), ""));
	}

	private ApiCall call(Map<String, String> path, Map<String, String> query, Map<String, String> headers,
			String account, Content content) {
		Map<String, String> all = new LinkedHashMap<>(headers);
		if (all.containsKey("If-Match")) {
			// Both at once make no sense.
			all.remove("If-None-Match");
		}
		if (!this.operation.isPublic()) {
			all.put("Authorization",
					"Bearer {" + (account.isEmpty() ? path.getOrDefault("reader", "admin") : account) + "}");
		}
		if (!content.type().isEmpty()) {
			all.put("Content-Type", content.type());
		}
		byte[] bytes = content.json()
			.map(JsonMapper.shared()::writeValueAsBytes)
			.orElseGet(() -> content.text().getBytes(StandardCharsets.UTF_8));
		List<String> parameters = new ArrayList<>();
		withoutConflicts(query, content.type()).forEach((name, value) -> parameters.add(name + "=" + encode(value)));
		return new ApiCall(Optional.of(this.operation), "valid", this.operation.method(), expand(path), parameters, all,
				content.json(), bytes, Expected.ACCEPTED);
	}

	/** What the descriptions of parameters say of their combinations. */
	private static Map<String, String> withoutConflicts(Map<String, String> query, String contentType) {
		Map<String, String> possible = new LinkedHashMap<>(query);
		if (possible.containsKey("order")) {
			possible.remove("asOf");
		}
		if (!possible.containsKey("asOf")) {
			possible.remove("axis");
		}
		if (contentType.equals("application/x-ndjson")) {
			possible.remove("language");
		}
		return possible;
	}

	private String expand(Map<String, String> values) {
		String path = this.operation.path();
		for (Map.Entry<String, String> value : values.entrySet()) {
			path = path.replace("{" + value.getKey() + "}", encode(value.getValue()));
		}
		return path;
	}

	static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

	/**
	 * A content of a request.
	 *
	 * @param type its media type; empty for no content
	 * @param text the content if it is not JSON
	 */
	private record Content(String type, Optional<JsonNode> json, String text) {
	}

}

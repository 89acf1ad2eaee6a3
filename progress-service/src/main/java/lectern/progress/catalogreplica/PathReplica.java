package lectern.progress.catalogreplica;

import java.util.List;
import java.util.regex.Pattern;

import lectern.progress.model.Gate;
import lectern.progress.model.LearningPath;
import lectern.progress.model.PassRule;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static lectern.web.Columns.required;

/** The replica of the catalog's paths, kept current by {@link CatalogReplicator}. */
@Repository
public class PathReplica {

	private static final JsonMapper MAPPER = new JsonMapper();

	private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,200}");

	private final DatabaseClient database;

	public PathReplica(DatabaseClient database) {
		this.database = database;
	}

	/**
	 * Find a path, removed or not.
	 * @return cold; empty if no path of this id was ever known
	 */
	public Mono<LearningPath> find(String id) {
		return this.database.sql("select document::text as document, removed from path_replica where id = :id")
			.bind("id", id)
			.map((row) -> parse(id, required(row, "document", String.class), required(row, "removed", Boolean.class)))
			.one();
	}

	/**
	 * Parse a path document. Another service wrote it, so everything is validated. Where
	 * a part cannot be parsed, the result is never less strict than the catalog intended.
	 */
	static LearningPath parse(String id, String json, boolean removed) {
		JsonNode document = MAPPER.readTree(json);
		return new LearningPath(id, text(document.path("title"), id), document.path("version").asLong(0),
				document.path("gates").valueStream().filter(PathReplica::hasValidId).map(PathReplica::gate).toList(),
				removed);
	}

	/** Gate ids become part of stored events, so they must be valid. */
	private static boolean hasValidId(JsonNode gate) {
		return ID.matcher(gate.path("id").asString("")).matches();
	}

	private static Gate gate(JsonNode gate) {
		String id = gate.path("id").stringValue();
		return new Gate(id, text(gate.path("title"), id), strings(gate.path("needs")), rule(gate.path("rule")),
				gate.path("steps").valueStream().map((step) -> text(step.path("book"), "")).toList());
	}

	/** Parse a rule. An unknown type becomes the strictest rule. */
	private static PassRule rule(JsonNode rule) {
		int count = rule.path("count").asInt(0);
		return (rule.path("type").asString("").equals("any") && count > 0) ? new PassRule.MinimumSteps(count)
				: new PassRule.EveryStep();
	}

	private static List<String> strings(JsonNode list) {
		return list.valueStream().map((text) -> text(text, "")).toList();
	}

	private static String text(JsonNode node, String fallback) {
		String text = node.asString("");
		boolean displayable = !text.isBlank() && text.codePoints()
			.noneMatch((point) -> point == 0 || Character.getType(point) == Character.SURROGATE);
		return displayable ? text : fallback;
	}

}

package lectern.progress.catalog;

import java.util.List;

import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import lectern.progress.model.Gate;
import lectern.progress.model.LearningPath;
import lectern.progress.model.Rule;

/** The catalog's paths as far as its events have been followed. */
@Repository
public class KnownPaths {

	private static final JsonMapper MAPPER = new JsonMapper();

	private final DatabaseClient database;

	public KnownPaths(DatabaseClient database) {
		this.database = database;
	}

	/** The path of an id; cold, empty if no such path is known. */
	public Mono<LearningPath> find(String id) {
		return this.database.sql("select document::text as document from known_path where id = :id")
			.bind("id", id)
			.map((row) -> path(id, MAPPER.readTree(row.get("document", String.class))))
			.one();
	}

	private static LearningPath path(String id, JsonNode document) {
		return new LearningPath(id, document.path("title").asString(id), document.path("version").asLong(0),
				document.path("gates").valueStream().map(KnownPaths::gate).toList());
	}

	private static Gate gate(JsonNode gate) {
		String id = gate.path("id").asString("");
		return new Gate(id, gate.path("title").asString(id), words(gate.path("needs")), rule(gate.path("rule")),
				gate.path("steps").valueStream().map((step) -> step.path("book").asString("")).toList());
	}

	/**
	 * One of a later kind is taken for the strictest there is, so nothing passes by
	 * mistake.
	 */
	private static Rule rule(JsonNode rule) {
		int count = rule.path("count").asInt(0);
		return (rule.path("type").asString("").equals("any") && count > 0) ? new Rule.Any(count) : new Rule.All();
	}

	private static List<String> words(JsonNode list) {
		return list.valueStream().map((word) -> word.asString("")).toList();
	}

}

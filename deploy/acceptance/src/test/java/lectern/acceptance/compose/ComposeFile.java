package lectern.acceptance.compose;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import lectern.acceptance.Modules;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A compose file, with its anchors resolved and its variables as they are written.
 *
 * @param content the whole file
 */
record ComposeFile(JsonNode content) {

	static final Path FOLDER = Modules.ROOT.resolve("deploy/compose");

	static ComposeFile read() {
		return new ComposeFile(yaml(FOLDER.resolve("compose.yaml")));
	}

	/** Read a YAML file. */
	static JsonNode yaml(Path file) {
		try {
			return JsonMapper.shared().valueToTree(new Yaml().load(Files.readString(file)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The containers by their names, of Lectern and of others. */
	Map<String, JsonNode> services() {
		return this.content.path("services")
			.propertyStream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** The definition of a container. */
	JsonNode service(String name) {
		return this.content.path("services").path(name);
	}

	/** The members of a list of a container, as texts. */
	Stream<String> list(String service, String name) {
		return service(service).path(name).valueStream().map(JsonNode::asString);
	}

	/** The variables of a container. */
	Map<String, String> environment(String service) {
		return service(service).path("environment")
			.propertyStream()
			.collect(Collectors.toMap(Map.Entry::getKey, (variable) -> variable.getValue().asString()));
	}

	/** The files in the folder of secrets of a container, by the secret. */
	Map<String, String> secrets(String service) {
		return service(service).path("secrets")
			.valueStream()
			.collect(Collectors.toMap(
					(secret) -> secret.isString() ? secret.asString() : secret.path("source").asString(),
					(secret) -> secret.isString() ? secret.asString() : secret.path("target").asString()));
	}

}

package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.io.FileSystemResource;

/**
 * The settings of all services, from the configuration metadata that the compiler writes
 * for each module, and their default values there and in the configuration files.
 */
final class DocumentedSettings {

	/** Parts of the API that its developers change, not settings. */
	private static final List<String> NO_SETTINGS = List.of("lectern.edge.", "lectern.problems");

	/** Settings of a library that only services with a database have. */
	private static final List<String> OF_DATABASE = List.of("lectern.database.", "spring.r2dbc.");

	private static final List<String> WITH_DATABASE = List.of("catalog-service", "progress-service");

	private final Map<String, Map<String, String>> configuration = new HashMap<>();

	private DocumentedSettings() throws IOException {
		for (String service : Modules.SERVICES) {
			Map<String, String> values = new HashMap<>(yaml("web", "lectern-service.yml"));
			if (WITH_DATABASE.contains(service)) {
				values.putAll(yaml("streaming", "lectern-database.yml"));
			}
			values.putAll(yaml(service, "application.yml"));
			this.configuration.put(service, values);
		}
	}

	/** Return all settings in the order of their names. */
	static List<DocumentedSetting> all() throws IOException {
		DocumentedSettings documented = new DocumentedSettings();
		List<DocumentedSetting> settings = new ArrayList<>();
		settings.addAll(documented.ofModule("web", Modules.SERVICES));
		settings.addAll(documented.ofModule("streaming", Modules.SERVICES));
		for (String service : Modules.SERVICES) {
			settings.addAll(documented.ofModule(service, List.of(service)));
		}
		settings.sort(Comparator.comparing(DocumentedSetting::name));
		return settings;
	}

	private List<DocumentedSetting> ofModule(String module, List<String> readers) throws IOException {
		Path file = Modules.ROOT.resolve(module).resolve("target/classes/META-INF/spring-configuration-metadata.json");
		if (Files.notExists(file)) {
			return List.of();
		}
		JsonNode properties = JsonMapper.shared().readTree(Files.readString(file)).path("properties");
		return StreamSupport.stream(properties.spliterator(), false)
			.filter((property) -> NO_SETTINGS.stream().noneMatch(property.path("name").asString()::startsWith))
			.map((property) -> setting(property, readers))
			.toList();
	}

	private DocumentedSetting setting(JsonNode property, List<String> readers) {
		String name = property.path("name").asString();
		List<String> services = OF_DATABASE.stream().anyMatch(name::startsWith) ? WITH_DATABASE : readers;
		return new DocumentedSetting(name, property.path("description").asString("").strip().replaceAll("\\s+", " "),
				property.path("type").asString().startsWith("java.util.Map"),
				services.stream()
					.collect(Collectors.toMap((service) -> service,
							(service) -> this.configuration.get(service).getOrDefault(name, defaultValue(property)))));
	}

	private static String defaultValue(JsonNode property) {
		JsonNode value = property.path("defaultValue");
		return value.isArray() ? StreamSupport.stream(value.spliterator(), false)
			.map(JsonNode::asString)
			.collect(Collectors.joining(", ")) : value.asString("");
	}

	private static Map<String, String> yaml(String module, String name) throws IOException {
		Path file = Modules.ROOT.resolve(module).resolve("src/main/resources").resolve(name);
		return new YamlPropertySourceLoader().load(name, new FileSystemResource(file))
			.stream()
			.map((source) -> (EnumerablePropertySource<?>) source)
			.flatMap((source) -> List.of(source.getPropertyNames())
				.stream()
				.map((property) -> Map.entry(property, String.valueOf(source.getProperty(property)))))
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

}

package lectern.web.setting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Wrong values for each setting in the configuration metadata of a module. Tests run in
 * the folder of their module.
 */
final class InvalidSettings {

	private static final Path METADATA = Path.of("target/classes/META-INF/spring-configuration-metadata.json");

	/** Parts of the API that its developers change, not settings. */
	private static final List<String> NO_SETTINGS = List.of("lectern.edge.", "lectern.problems");

	/** Every text is allowed. */
	private static final Set<String> NEVER_WRONG = Set.of("lectern.database.password");

	/** Of these, 0 is no limit. */
	private static final String OPTIONAL_LIMITS = "lectern.limits.";

	private static final String OIDC = "lectern.tokens.oidc.";

	private static final Map<String, List<String>> BY_TYPE = Map.ofEntries(
			Map.entry("java.lang.Integer", List.of("many", "0")), Map.entry("java.lang.Boolean", List.of("perhaps")),
			Map.entry("java.lang.Float", List.of("often")), Map.entry("java.time.Duration", List.of("soon", "-1s")),
			Map.entry("java.net.URI", List.of("nowhere", "ftp://127.0.0.1")),
			Map.entry("java.net.InetAddress", List.of("[::x]")), Map.entry("java.nio.file.Path", List.of("/dev/null")),
			Map.entry("java.util.List<java.net.URI>", List.of("nowhere", "http://127.0.0.1:1,ftp://127.0.0.1")),
			Map.entry("java.util.List<java.lang.String>", List.of("nowhere", "127.0.0.1/x")),
			Map.entry("java.util.Set<java.lang.String>", List.of("a,,b")),
			Map.entry("java.util.Set<org.springframework.security.oauth2.jose.jws.SignatureAlgorithm>",
					List.of("none")),
			Map.entry("org.springframework.boot.actuate.endpoint.Access", List.of("everything")),
			Map.entry("org.springframework.util.unit.DataSize", List.of("large", "1B")),
			Map.entry("lectern.gateway.accesslog.AccessLogSettings$Output", List.of("perhaps")),
			Map.entry("lectern.streaming.postgreslog.DatabaseSettings$SslMode", List.of("perhaps")));

	private static final Map<String, List<String>> BY_NAME = Map.ofEntries(
			Map.entry("lectern.tokens.issuer", List.of(" ")), Map.entry("lectern.tokens.audience", List.of(" ")),
			Map.entry(OIDC + "issuer", List.of(" ")), Map.entry(OIDC + "reader-claim", List.of(" ")),
			Map.entry(OIDC + "roles-claim", List.of(" ")),
			Map.entry("lectern.progress.admin-password", List.of("short")),
			Map.entry("lectern.progress.administration-secret", List.of("short")),
			Map.entry("lectern.database.url",
					List.of("http://127.0.0.1/catalog", "postgresql://127.0.0.1/catalog?user=me")),
			Map.entry("lectern.database.user", List.of(" ")), Map.entry("lectern.database.plans", List.of("best")),
			Map.entry("lectern.hosts.allowed",
					List.of("a,,b", "https://lectern.example.org", "lectern.example.org:443")),
			Map.entry("lectern.upstream.max-retries", List.of("many", "-1", "3")),
			Map.entry("lectern.upstream.retry-percent", List.of("many", "-1", "101")));

	/** Settings of Spring Boot that Lectern checks too. */
	private static final Map<String, List<String>> OF_SPRING = Map.of("server.port", List.of("many", "-2", "70000"),
			"management.server.port", List.of("many", "-2", "70000"), "management.tracing.sampling.probability",
			List.of("often", "7.5", "-0.5"), "spring.r2dbc.pool.max-size", List.of("many", "0"));

	private InvalidSettings() {
	}

	/** The name of each setting with each of its wrong values. */
	static Stream<Arguments> ofThisModule() throws IOException {
		List<Arguments> settings = new ArrayList<>();
		for (JsonNode property : metadata().path("properties")) {
			String name = property.path("name").asString();
			if (NO_SETTINGS.stream().noneMatch(name::startsWith) && !NEVER_WRONG.contains(name)) {
				String set = name.equals("lectern.streams.max-per-stream") ? name + "[/path]" : name;
				valuesOf(property).forEach((value) -> settings.add(Arguments.of(set, value)));
			}
		}
		assertThat(settings).isNotEmpty();
		return settings.stream();
	}

	private static List<String> valuesOf(JsonNode property) {
		String name = property.path("name").asString();
		String type = property.path("type").asString();
		if (OF_SPRING.containsKey(name)) {
			return OF_SPRING.get(name);
		}
		if (isOfSpring(name)) {
			return List.of(BY_TYPE.getOrDefault(type, List.of()).getFirst());
		}
		if (name.startsWith(OPTIONAL_LIMITS)) {
			return List.of("many", "-1");
		}
		if (type.startsWith("java.util.Map<")) {
			return List.of("many", "0");
		}
		List<String> values = BY_NAME.getOrDefault(name, BY_TYPE.getOrDefault(type, List.of()));
		assertThat(values).as("wrong values of %s, a %s", name, type).isNotEmpty();
		return values;
	}

	private static boolean isOfSpring(String name) {
		return !name.startsWith("lectern.");
	}

	private static JsonNode metadata() throws IOException {
		return JsonMapper.shared().readTree(Files.readString(METADATA));
	}

	/**
	 * Assert that a value ends the start with one sentence, which names the setting and,
	 * unless it is a secret, the value.
	 */
	static void assertExplained(String name, String value) throws IOException, ClassNotFoundException {
		FailureAnalysis analysis = new SettingFailureAnalyzer().analyze(bindAndFail(name, value));
		assertThat(analysis).as("%s=%s is explained", name, value).isNotNull();
		String sentence = analysis.getDescription();
		assertThat(sentence).startsWith("The setting " + name).contains("it must be ").endsWith(".").hasLineCount(1);
		if (value.equals("short")) {
			assertThat(sentence).doesNotContain("short");
		}
		else {
			assertThat(sentence).contains("\"" + value + "\"");
		}
	}

	private static BindException bindAndFail(String name, String value) throws IOException, ClassNotFoundException {
		try {
			bind(name, Map.of(name, value));
		}
		catch (BindException ex) {
			return ex;
		}
		throw new AssertionError(name + " accepts " + value);
	}

	/** Assert that all settings of the module can have their default values. */
	static void assertDefaultsAreValid() throws IOException, ClassNotFoundException {
		bind("lectern.", Map.of());
	}

	private static void bind(String name, Map<String, Object> values) throws IOException, ClassNotFoundException {
		Binder binder = Binder.get(environment(name, values));
		for (JsonNode group : metadata().path("groups")) {
			Class<?> type = Class.forName(group.path("type").asString());
			if (type.isAnnotationPresent(ConfigurationProperties.class)) {
				binder.bindOrCreate(group.path("name").asString(), Bindable.of(type));
			}
		}
		if (isOfSpring(name)) {
			for (JsonNode property : metadata().path("properties")) {
				if (property.path("name").asString().equals(name)) {
					binder.bind(name, Bindable.of(Class.forName(property.path("type").asString())));
				}
			}
		}
	}

	/** The configuration files of the module, below the given values. */
	private static StandardEnvironment environment(String name, Map<String, Object> values) {
		Map<String, Object> all = new TreeMap<>(values);
		if (name.startsWith(OIDC)) {
			all.putIfAbsent(OIDC + "issuer", "https://issuer.example");
		}
		if (InvalidSettings.class.getResource("/application.yml") == null) {
			// A library has no configuration of its own, but a part of that of services.
			all.put("spring.application.name", "library");
			all.put("spring.config.import", "classpath:lectern-service.yml,optional:classpath:lectern-database.yml");
		}
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
		environment.getPropertySources().addFirst(new MapPropertySource("test", all));
		ConfigurationPropertySources.attach(environment);
		ConfigDataEnvironmentPostProcessor.applyTo(environment);
		return environment;
	}

}

package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ServiceProgramTests {

	private static final Path IMAGE_OPTIONS = Path.of("../image/jvm.options");

	@ParameterizedTest
	@CsvSource({ "PATH,gateway,true", "EDITOR,gateway,false", "LECTERN_STREAMS_MAXAGE,catalog-service,true",
			"LECTERN_STREAMS_MAXAGE,gateway,true", "LECTERN_PROXIES_TRUSTED,gateway,true",
			"LECTERN_PROXIES_TRUSTED,progress-service,false", "LECTERN_TLS_KEY,gateway,true",
			"LECTERN_TLS_KEY,catalog-service,false", "LECTERN_TLS_KEY,progress-service,false",
			"LECTERN_PROGRESS_REGISTRATION,progress-service,true", "LECTERN_ADMIN_PASSWORD,catalog-service,false",
			"LECTERN_JAVA_OPTIONS,gateway,false" })
	void variableReachesServicesThatReadIt(String variable, String service, boolean reaches) {
		assertThat(program(service, Map.of()).environment(Map.of(variable, "value")).containsKey(variable))
			.isEqualTo(reaches);
	}

	@Test
	void emptyVariableDoesNotReachService() {
		assertThat(program("catalog-service", Map.of()).environment(Map.of("LECTERN_STREAMS_MAXPERADDRESS", "")))
			.doesNotContainKey("LECTERN_STREAMS_MAXPERADDRESS");
	}

	@Test
	void valueOfLauncherReplacesInheritedOne() {
		assertThat(program("gateway", Map.of("LECTERN_CATALOG_URL", "ours"))
			.environment(Map.of("LECTERN_CATALOG_URL", "theirs"))).containsEntry("LECTERN_CATALOG_URL", "ours");
	}

	/** A container has further options after these. */
	@Test
	void imagesHaveTheOptionsOfTheJvm() throws IOException {
		List<String> options = program("gateway", Map.of()).command()
			.stream()
			.filter((argument) -> argument.startsWith("-X") || argument.startsWith("--"))
			.toList();

		assertThat(options).hasSizeGreaterThan(5);
		assertThat(Files.readAllLines(IMAGE_OPTIONS).stream().filter((line) -> !line.startsWith("#")))
			.startsWith(options.toArray(String[]::new));
	}

	private static ServiceProgram program(String service, Map<String, String> extraEnvironment) {
		return new ServiceProgram(service, Path.of("service.jar"), Path.of("data"), 8080, 9080, extraEnvironment,
				Map.of(), List.of(), List.of());
	}

}

package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServiceCommandTests {

	@TempDir
	Path home;

	@BeforeEach
	void createProject() throws IOException {
		FakeProject.create(this.home);
	}

	@Test
	void serviceAloneHasTheJvmOfAServiceOfTheLauncher() {
		List<String> command = ServiceCommand.command(this.home, "gateway", Map.of());

		assertThat(command).first().asString().endsWith("/bin/java");
		assertThat(command).contains("-Xmx256m", "-XX:+ExitOnOutOfMemoryError")
			.endsWith("-jar", new Installation(this.home).jar("gateway").toString());
	}

	@Test
	void optionsOfTheUserComeLast() {
		List<String> command = ServiceCommand.command(this.home, "gateway",
				Map.of("LECTERN_JAVA_OPTIONS", "-Xmx1g -Dx=y"));

		assertThat(command).containsSubsequence("-Xmx256m", "-Xmx1g", "-Dx=y", "-jar");
	}

	@Test
	void formatOfLogsIsAVariableOfTheService() {
		List<String> command = ServiceCommand.command(this.home, "gateway", Map.of("LECTERN_LOG_FORMAT", "json"));

		assertThat(command).startsWith("env", "LOGGING_STRUCTURED_FORMAT_CONSOLE=logstash");
	}

	/** Only {@code ./lectern up} has to reach the port itself. */
	@Test
	void managementPortCanHaveAnyAddress() {
		assertThat(ServiceCommand.command(this.home, "gateway", Map.of("MANAGEMENT_SERVER_ADDRESS", "10.0.0.5")))
			.isNotEmpty();
	}

	@Test
	void cacheThatFitsIsUsed() throws IOException {
		Path jar = new Installation(this.home).jar("gateway");
		AotCacheKey key = AotCacheKey.of(ServiceProgram.jvmOptions(List.of()), Installation.classPath(jar));
		Path cache = Files.createDirectory(this.home.resolve("cache")).resolve("gateway-" + key.value() + ".aot");
		Map<String, String> environment = Map.of("LECTERN_CACHE", cache.getParent().toString());
		assertThat(ServiceCommand.command(this.home, "gateway", environment))
			.noneMatch(ServiceCommandTests::isForCache);

		Files.createFile(cache);

		assertThat(ServiceCommand.command(this.home, "gateway", environment)).contains("-XX:AOTCache=" + cache);
		assertThat(ServiceCommand.command(this.home, "catalog-service", environment))
			.noneMatch(ServiceCommandTests::isForCache);
	}

	private static boolean isForCache(String option) {
		return option.startsWith("-XX:AOT");
	}

	@Test
	void invalidSettingIsRefused() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> ServiceCommand.command(this.home, "gateway", Map.of("LECTERN_LOG_FORMAT", "xml")));
	}

}

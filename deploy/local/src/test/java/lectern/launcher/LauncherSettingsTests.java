package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LauncherSettingsTests {

	private static final Path ROOT = Path.of("/somewhere/lectern");

	@Test
	void defaultsAreProjectDataFolderAndPort8080() {
		LauncherSettings settings = LauncherSettings.fromEnvironment(Map.of(), ROOT);

		assertThat(settings.dataFolder()).isEqualTo(ROOT.resolve("data"));
		assertThat(settings.ports().gateway()).isEqualTo(8080);
		assertThat(settings.adminPassword()).isEmpty();
	}

	@Test
	void environmentVariablesOverrideDefaults() {
		LauncherSettings settings = LauncherSettings.fromEnvironment(Map.of("LECTERN_DATA", "/elsewhere",
				"LECTERN_PORT", "9100", "LECTERN_ADMIN_PASSWORD", "open sesame, please"), ROOT);

		assertThat(settings.dataFolder()).isEqualTo(Path.of("/elsewhere"));
		assertThat(settings.ports().gateway()).isEqualTo(9100);
		assertThat(settings.adminPassword()).contains("open sesame, please");
		assertThat(settings.javaOptions()).isEmpty();
	}

	@Test
	void listOfErasuresIsInTheDataFolderOrElsewhere() {
		assertThat(LauncherSettings.fromEnvironment(Map.of("LECTERN_DATA", "/elsewhere"), ROOT).erasureFolder())
			.isEqualTo(Path.of("/elsewhere/erasures"));
		assertThat(LauncherSettings.fromEnvironment(Map.of("LECTERN_ERASURES", "/safe"), ROOT).erasureFolder())
			.isEqualTo(Path.of("/safe"));
	}

	@Test
	void startTimeoutIsGivenInSeconds() {
		assertThat(LauncherSettings.fromEnvironment(Map.of(), ROOT).startTimeout()).isEqualTo(Duration.ofMinutes(2));
		assertThat(LauncherSettings.fromEnvironment(Map.of("LECTERN_START_TIMEOUT", "900"), ROOT).startTimeout())
			.isEqualTo(Duration.ofMinutes(15));
	}

	@Test
	void linesOfLogsAreTextOrJson() {
		assertThat(LauncherSettings.fromEnvironment(Map.of(), ROOT).logFormat()).isEqualTo(LogFormat.TEXT);
		assertThat(LauncherSettings.fromEnvironment(Map.of("LECTERN_LOG_FORMAT", " JSON"), ROOT).logFormat())
			.isEqualTo(LogFormat.JSON);
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> LauncherSettings.fromEnvironment(Map.of("LECTERN_LOG_FORMAT", "xml"), ROOT))
			.withMessage("LECTERN_LOG_FORMAT is \"xml\": set it to \"text\" or to \"json\".");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0", "-5", "soon" })
	void rejectsInvalidStartTimeout(String timeout) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> LauncherSettings.fromEnvironment(Map.of("LECTERN_START_TIMEOUT", timeout), ROOT))
			.withMessageContaining("LECTERN_START_TIMEOUT is");
	}

	@ParameterizedTest
	@ValueSource(strings = { "a", "eleven char" })
	void rejectsShortAdminPasswordWithoutPrintingIt(String password) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> LauncherSettings.fromEnvironment(Map.of("LECTERN_ADMIN_PASSWORD", password), ROOT))
			.withMessage("LECTERN_ADMIN_PASSWORD has fewer than 12 characters: set it to a longer password, or remove "
					+ "it to have one generated.");
	}

	@Test
	void javaOptionsAreSplitAtSpaces() {
		LauncherSettings settings = LauncherSettings.fromEnvironment(Map.of("LECTERN_JAVA_OPTIONS", " -Xmx1g  -Dx=y "),
				ROOT);

		assertThat(settings.javaOptions()).containsExactly("-Xmx1g", "-Dx=y");
	}

	@Test
	void emptyVariableCountsAsUnset() {
		LauncherSettings settings = LauncherSettings
			.fromEnvironment(Map.of("LECTERN_DATA", "", "LECTERN_PORT", "", "LECTERN_ADMIN_PASSWORD", ""), ROOT);

		assertThat(settings).isEqualTo(LauncherSettings.fromEnvironment(Map.of(), ROOT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "http", "0", "-1", "64534", "99999999999", "10080", "6000" })
	void rejectsInvalidPort(String port) {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> LauncherSettings.fromEnvironment(Map.of("LECTERN_PORT", port), ROOT))
			.withMessageContaining("LECTERN_PORT")
			.withMessageContaining(port);
	}

	@Test
	void certificateMakesAddressHttps(@TempDir Path folder) throws IOException {
		assertThat(LauncherSettings.fromEnvironment(Map.of(), ROOT).gatewayUrl("localhost"))
			.isEqualTo("http://localhost:8080");
		String file = Files.createFile(folder.resolve("file.pem")).toString();
		LauncherSettings settings = LauncherSettings
			.fromEnvironment(Map.of("LECTERN_TLS_CERT", file, "LECTERN_TLS_KEY", file), ROOT);

		assertThat(settings.gatewayUrl("localhost")).isEqualTo("https://localhost:8080");
		assertThatExceptionOfType(StartupException.class).isThrownBy(() -> DemoFolder.settings(settings, (_) -> {
		})).withMessageContaining("The demo does not use TLS");
	}

	@Test
	void misspeltVariableIsRefusedWithNearestName() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> LauncherSettings.fromEnvironment(Map.of("LECTERN_PROT", "9100"), ROOT))
			.withMessageContaining("No setting has the environment variable LECTERN_PROT")
			.withMessageContaining("LECTERN_PORT,");
		assertThat(LauncherSettings.fromEnvironment(Map.of("LECTERN_STREAMS_MAXAGE", "5m"), ROOT)).isNotNull();
	}

	@Test
	void managementAddressThatLauncherCannotReachIsRefused() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> LauncherSettings.fromEnvironment(Map.of("MANAGEMENT_SERVER_ADDRESS", "10.0.0.5"), ROOT))
			.withMessageStartingWith("MANAGEMENT_SERVER_ADDRESS is \"10.0.0.5\"");
		assertThat(LauncherSettings.fromEnvironment(Map.of("MANAGEMENT_SERVER_ADDRESS", "0.0.0.0"), ROOT)).isNotNull();
	}

}

package lectern.acceptance;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import lectern.launcher.FreePorts;
import lectern.launcher.RunningLauncher;
import lectern.web.setting.StartFault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Settings in the environment of {@code ./lectern up} reach the services. */
@Timeout(600)
class LauncherSettingAcceptanceTests {

	@TempDir
	private Path folder;

	@Test
	void wrongValueOfServiceEndsTheStartWithItsSentence() throws IOException, InterruptedException {
		assertThat(start(Map.of("LECTERN_CANARY_INTERVAL", "1ms", "LECTERN_LOG_FORMAT", "json")))
			.contains("progress-service cannot start: The setting lectern.canary.interval "
					+ "(LECTERN_CANARY_INTERVAL in the environment) is \"1ms\": it must be at least 100ms.\n");
	}

	@Test
	void misspeltVariableEndsTheStart() throws IOException, InterruptedException {
		assertThat(start(Map.of("LECTERN_JAVA_OPTION", "-Xmx1g")))
			.isEqualTo("No setting has the environment variable LECTERN_JAVA_OPTION: the nearest name is "
					+ "LECTERN_JAVA_OPTIONS, and docs/settings.md has all of them.\n");
	}

	@Test
	void fileOfCertificateThatIsMissingEndsTheStart() throws IOException, InterruptedException {
		assertThat(start(Map.of("LECTERN_TLS_CERT", "/nowhere.pem", "LECTERN_TLS_KEY", "/nowhere.pem")))
			.isEqualTo("LECTERN_TLS_CERT is \"/nowhere.pem\", which is no file that can be read: "
					+ "correct the path or its rights.\n");
		assertThat(start(Map.of("LECTERN_TLS_KEY", "/nowhere.pem")))
			.isEqualTo("Only one of LECTERN_TLS_CERT and LECTERN_TLS_KEY is set: set both, to the files (PEM) of the "
					+ "certificate and of its private key.\n");
	}

	/** Start a Lectern that cannot start, and return what it prints. */
	private String start(Map<String, String> environment) throws IOException, InterruptedException {
		try (RunningLauncher launcher = RunningLauncher.start(Modules.ROOT, this.folder.resolve("data"),
				FreePorts.findGatewayPort(), environment)) {
			assertThat(launcher.awaitExitCode(LecternInstance.RESTART_TIMEOUT)).isEqualTo(StartFault.EXIT_CODE);
			return String.join("\n", launcher.outputLines()) + "\n";
		}
	}

}

package lectern.launcher;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings of one run, read from the environment.
 *
 * @param root the project's folder, absolute
 * @param dataFolder the folder of all persistent data, absolute
 * @param ports the ports to listen on
 * @param adminPassword the password of the account {@code admin}; if empty, one is
 * generated
 * @param javaOptions options for the JVM of every service, after the launcher's own
 */
record LauncherSettings(Path root, Path dataFolder, Ports ports, Optional<String> adminPassword,
		List<String> javaOptions) {

	private static final int DEFAULT_PORT = 8080;

	/**
	 * Read the settings.
	 * @param environment {@code LECTERN_DATA}, {@code LECTERN_PORT},
	 * {@code LECTERN_ADMIN_PASSWORD} and {@code LECTERN_JAVA_OPTIONS} are used; a blank
	 * value counts as absent
	 * @param root the project's folder
	 * @throws StartupException if a value is invalid
	 */
	static LauncherSettings fromEnvironment(Map<String, String> environment, Path root) {
		Path home = root.toAbsolutePath().normalize();
		Path data = value(environment, "LECTERN_DATA").map((folder) -> Path.of(folder).toAbsolutePath().normalize())
			.orElse(home.resolve("data"));
		Ports ports = new Ports(
				value(environment, "LECTERN_PORT").map(LauncherSettings::parsePort).orElse(DEFAULT_PORT));
		List<String> javaOptions = value(environment, "LECTERN_JAVA_OPTIONS")
			.map((options) -> List.of(options.strip().split("\\s+")))
			.orElse(List.of());
		return new LauncherSettings(home, data, ports, value(environment, "LECTERN_ADMIN_PASSWORD"), javaOptions);
	}

	private static Optional<String> value(Map<String, String> environment, String name) {
		return Optional.ofNullable(environment.get(name)).filter((value) -> !value.isBlank());
	}

	private static int parsePort(String text) {
		try {
			return Integer.parseInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw new StartupException(
					"LECTERN_PORT is \"" + text + "\", which is not a number: set it to a port such as 8080.");
		}
	}

}

package lectern.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import lectern.web.setting.EnvironmentVariables;

/**
 * The settings of one run, read from the environment.
 *
 * @param root the project's folder, absolute
 * @param dataFolder the folder of all persistent data, absolute
 * @param ports the ports to listen on
 * @param adminPassword the password of the account {@code admin}; if empty, one is
 * generated
 * @param javaOptions options for the JVM of every service, after the launcher's own
 * @param startTimeout the longest time that the database and then each service may make
 * no progress before it is ready
 * @param erasureFolder where the list of erasures is kept, absolute; better not on the
 * disk of the data folder
 * @param logFormat the format of the lines in the logs of the services
 * @param backupDays for how many days a backup is kept
 * @param cacheFolder where AOT caches are, absolute
 * @param tls the files of the gateway's certificate; if empty, it speaks plain HTTP
 */
record LauncherSettings(Path root, Path dataFolder, Ports ports, Optional<String> adminPassword,
		List<String> javaOptions, Duration startTimeout, Path erasureFolder, LogFormat logFormat, int backupDays,
		Path cacheFolder, Optional<TlsFiles> tls) {

	static final Duration DEFAULT_START_TIMEOUT = Duration.ofSeconds(120);

	private static final int MIN_PASSWORD_LENGTH = 12;

	private static final int DEFAULT_PORT = 8080;

	private static final int DEFAULT_BACKUP_DAYS = 7;

	static final String MANAGEMENT_ADDRESS = "MANAGEMENT_SERVER_ADDRESS";

	private static final Set<String> MANAGEMENT_ADDRESSES = Set.of("127.0.0.1", "0.0.0.0", "::");

	/**
	 * Read the settings.
	 * @param environment {@code LECTERN_DATA}, {@code LECTERN_PORT},
	 * {@code LECTERN_ADMIN_PASSWORD}, {@code LECTERN_JAVA_OPTIONS},
	 * {@code LECTERN_START_TIMEOUT}, {@code LECTERN_ERASURES},
	 * {@code LECTERN_LOG_FORMAT}, {@code LECTERN_BACKUP_DAYS}, {@code LECTERN_CACHE},
	 * {@code LECTERN_TLS_CERT} and {@code LECTERN_TLS_KEY} are used, and others are for
	 * the services; a blank value counts as absent
	 * @param root the project's folder
	 * @throws StartupException if a value is invalid, or if a name that begins with
	 * {@code LECTERN_} is not known
	 */
	static LauncherSettings fromEnvironment(Map<String, String> environment, Path root) {
		requireKnownVariables(environment);
		Path home = root.toAbsolutePath().normalize();
		Path data = folder(environment, "LECTERN_DATA", home.resolve("data"));
		Ports ports = new Ports(value(environment, "LECTERN_PORT").map((text) -> parse("LECTERN_PORT", text, "8080"))
			.orElse(DEFAULT_PORT));
		List<String> javaOptions = value(environment, "LECTERN_JAVA_OPTIONS")
			.map((options) -> List.of(options.strip().split("\\s+")))
			.orElse(List.of());
		return new LauncherSettings(home, data, ports, adminPassword(environment), javaOptions,
				startTimeout(environment), folder(environment, "LECTERN_ERASURES", data.resolve("erasures")),
				value(environment, "LECTERN_LOG_FORMAT").map(LogFormat::parse).orElse(LogFormat.TEXT),
				backupDays(environment), folder(environment, "LECTERN_CACHE", data.resolve("cache")), tls(environment));
	}

	private static Optional<TlsFiles> tls(Map<String, String> environment) {
		Optional<String> certificate = value(environment, TlsFiles.CERTIFICATE);
		Optional<String> key = value(environment, TlsFiles.KEY);
		if (certificate.isPresent() != key.isPresent()) {
			throw new StartupException("Only one of " + TlsFiles.CERTIFICATE + " and " + TlsFiles.KEY
					+ " is set: set both, to the files (PEM) of the certificate and of its private key.");
		}
		return certificate.map((file) -> TlsFiles.of(file, key.orElseThrow()));
	}

	/** The address of the gateway for a program on this machine, without a path. */
	String gatewayUrl(String host) {
		return (this.tls.isPresent() ? "https" : "http") + "://" + host + ":" + this.ports.gateway();
	}

	private static Path folder(Map<String, String> environment, String name, Path defaultFolder) {
		return value(environment, name).map((folder) -> Path.of(folder).toAbsolutePath().normalize())
			.orElse(defaultFolder);
	}

	private static void requireKnownVariables(Map<String, String> environment) {
		String unknown = EnvironmentVariables.known().explainUnknown(environment.keySet());
		if (unknown != null) {
			throw new StartupException(unknown);
		}
		value(environment, MANAGEMENT_ADDRESS).filter((address) -> !MANAGEMENT_ADDRESSES.contains(address))
			.ifPresent((address) -> {
				throw new StartupException(MANAGEMENT_ADDRESS + " is \"" + address
						+ "\": set it to 127.0.0.1, or to 0.0.0.0 for all addresses, because ./lectern uses 127.0.0.1.");
			});
	}

	private static Optional<String> adminPassword(Map<String, String> environment) {
		Optional<String> password = value(environment, "LECTERN_ADMIN_PASSWORD");
		if (password.isPresent() && password.get().length() < MIN_PASSWORD_LENGTH) {
			throw new StartupException("LECTERN_ADMIN_PASSWORD has fewer than " + MIN_PASSWORD_LENGTH
					+ " characters: set it to a longer password, or remove it to have one generated.");
		}
		return password;
	}

	private static Duration startTimeout(Map<String, String> environment) {
		Optional<Duration> timeout = value(environment, "LECTERN_START_TIMEOUT")
			.map((text) -> Duration.ofSeconds(parse("LECTERN_START_TIMEOUT", text, "120")));
		if (timeout.isPresent() && !timeout.get().isPositive()) {
			throw new StartupException("LECTERN_START_TIMEOUT is " + timeout.get().toSeconds()
					+ ": set it to the seconds that a start may make no progress, such as 120.");
		}
		return timeout.orElse(DEFAULT_START_TIMEOUT);
	}

	private static int backupDays(Map<String, String> environment) {
		int days = value(environment, "LECTERN_BACKUP_DAYS").map((text) -> parse("LECTERN_BACKUP_DAYS", text, "7"))
			.orElse(DEFAULT_BACKUP_DAYS);
		if (days < 1) {
			throw new StartupException(
					"LECTERN_BACKUP_DAYS is " + days + ": set it to the days for which backups are kept, such as 7.");
		}
		return days;
	}

	private static Optional<String> value(Map<String, String> environment, String name) {
		return Optional.ofNullable(environment.get(name)).filter((value) -> !value.isBlank());
	}

	private static int parse(String name, String text, String example) {
		try {
			return Integer.parseInt(text.strip());
		}
		catch (NumberFormatException ex) {
			throw new StartupException(
					name + " is \"" + text + "\", which is not a number: set it to a number such as " + example + ".");
		}
	}

}

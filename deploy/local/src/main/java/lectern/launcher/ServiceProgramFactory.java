package lectern.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Creates the three services of a run: jar, ports and environment. */
final class ServiceProgramFactory {

	private final LauncherSettings settings;

	private final Path dataFolder;

	private final Secrets secrets;

	private final Installation installation;

	private final Map<String, String> inheritedEnvironment;

	private final AotOptions aotOptions;

	/**
	 * @param inheritedEnvironment the environment of which services get what they read
	 */
	ServiceProgramFactory(LauncherSettings settings, Path dataFolder, Map<String, String> inheritedEnvironment,
			AotOptions aotOptions) {
		this.settings = settings;
		this.dataFolder = dataFolder;
		this.inheritedEnvironment = inheritedEnvironment;
		this.aotOptions = aotOptions;
		this.secrets = new Secrets(dataFolder);
		this.installation = new Installation(settings.root());
	}

	ServiceProgram gateway() {
		Ports ports = this.settings.ports();
		Map<String, String> environment = new LinkedHashMap<>();
		environment.put("LECTERN_CATALOG_MANAGEMENTURL", "http://127.0.0.1:" + ports.managementPort(ports.catalog()));
		environment.put("LECTERN_PROGRESS_MANAGEMENTURL", "http://127.0.0.1:" + ports.managementPort(ports.progress()));
		this.settings.tls().ifPresent((files) -> environment.putAll(files.environment()));
		// The operator may have it elsewhere, or have none.
		String accessLog = this.dataFolder.resolve(DataFolder.LOG_FOLDER).resolve("access.log").toString();
		boolean possible = accessLog.indexOf('%') < 0;
		environment.put("LECTERN_ACCESSLOG_OUTPUT", inherited("LECTERN_ACCESSLOG_OUTPUT", possible ? "file" : "none"));
		environment.put("LECTERN_ACCESSLOG_FILE",
				inherited("LECTERN_ACCESSLOG_FILE", possible ? accessLog : "access.log"));
		return service("gateway", ports.gateway(), environment);
	}

	/** An empty value counts as absent. */
	private String inherited(String variable, String defaultValue) {
		String value = this.inheritedEnvironment.getOrDefault(variable, "");
		return value.isBlank() ? defaultValue : value;
	}

	ServiceProgram catalog() throws IOException {
		return service("catalog-service", this.settings.ports().catalog(), databaseEnvironment("catalog"));
	}

	/**
	 * Return progress-service, which stores the accounts.
	 * @param adminPassword the password of the account {@code admin}; no other service
	 * gets it
	 */
	ServiceProgram progress(String adminPassword) throws IOException {
		Map<String, String> environment = databaseEnvironment("progress");
		// The short names of these variables would give way to the long ones in the
		// environment of the operator.
		environment.put("LECTERN_PROGRESS_ADMINPASSWORD", adminPassword);
		environment.put("LECTERN_PROGRESS_ADMINISTRATIONSECRET", this.secrets.administrationSecret());
		environment.put("LECTERN_CANARY_URL", canaryUrl());
		environment.put("LECTERN_PROGRESS_ERASURE_FOLDER", this.settings.erasureFolder().toString());
		environment.put("LECTERN_PROGRESS_BACKUP_FOLDER", this.dataFolder.resolve(WalArchiving.FOLDER).toString());
		return service("progress-service", this.settings.ports().progress(), environment);
	}

	/**
	 * The operator may have the canary go another way, or have none. A certificate is not
	 * one of 127.0.0.1, so there is none by default with TLS.
	 */
	private String canaryUrl() {
		String defaultUrl = this.settings.tls().isPresent() ? "" : this.settings.gatewayUrl("127.0.0.1");
		return this.inheritedEnvironment.getOrDefault("LECTERN_CANARY_URL", defaultUrl);
	}

	private Map<String, String> databaseEnvironment(String name) throws IOException {
		Map<String, String> environment = new LinkedHashMap<>();
		environment.put("SERVER_ADDRESS", "127.0.0.1");
		environment.put("LECTERN_DATABASE_URL",
				"postgresql://127.0.0.1:" + this.settings.ports().postgres() + "/" + name);
		environment.put("LECTERN_DATABASE_USER", name);
		environment.put("LECTERN_DATABASE_PASSWORD", this.secrets.databasePassword(name));
		environment.put("LECTERN_DATABASE_SSLMODE", "disable");
		return environment;
	}

	private ServiceProgram service(String name, int port, Map<String, String> extraEnvironment) {
		Ports ports = this.settings.ports();
		Map<String, String> environment = new LinkedHashMap<>(extraEnvironment);
		environment.put("LECTERN_CATALOG_URL", "http://127.0.0.1:" + ports.catalog());
		environment.put("LECTERN_PROGRESS_URL", "http://127.0.0.1:" + ports.progress());
		environment.putAll(this.settings.logFormat().environment());
		environment.put("LECTERN_TOKENS_FOLDER", this.dataFolder.resolve("tokens").resolve(name).toString());
		Path jar = this.installation.jar(name);
		return new ServiceProgram(name, jar, this.dataFolder, port, ports.managementPort(port), environment,
				this.inheritedEnvironment, this.aotOptions.of(name, jar), this.settings.javaOptions());
	}

}

package lectern.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import lectern.web.setting.EnvironmentVariables;

/**
 * One of the three services, run by the same JDK as the launcher.
 *
 * @param name the name of the module and its jar
 * @param jar the jar to run
 * @param dataFolder the data folder, by which the process is recognised
 * @param port the port it serves on
 * @param managementPort the port of its health endpoint
 * @param extraEnvironment environment variables of this service
 * @param inheritedEnvironment the environment of the launcher, of which the service gets
 * what it reads
 * @param aotOptions options of the JVM for an AOT cache
 * @param javaOptions options of the user for the JVM; they come last and so override ours
 */
record ServiceProgram(String name, Path jar, Path dataFolder, int port, int managementPort,
		Map<String, String> extraEnvironment, Map<String, String> inheritedEnvironment, List<String> aotOptions,
		List<String> javaOptions) implements Program {

	/**
	 * Heap sizes that keep the three services and the database within 900 MB. With the
	 * default size of the young generation, 24 MB, reports fill it more than once a
	 * second and fill the old one with what would have died a moment later. With the
	 * default limit of metaspace a start collects all garbage up to four times.
	 */
	private static final List<String> JVM_OPTIONS = List.of("-Xms96m", "-Xmx256m", "-Xmn64m", "-XX:MetaspaceSize=128m",
			"-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", "-XX:+ExitOnOutOfMemoryError",
			"--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

	static final List<String> INHERITED_VARIABLES = List.of("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "TZ");

	private static final EnvironmentVariables SETTINGS = EnvironmentVariables.known();

	private static final HttpClient HTTP_CLIENT = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(1))
		.build();

	@Override
	public List<String> command() {
		List<String> firstOptions = new ArrayList<>(List.of(dataFolderArgument(this.dataFolder)));
		firstOptions.addAll(this.aotOptions);
		return command(firstOptions, this.javaOptions, this.jar);
	}

	/**
	 * Return the command that runs a service.
	 * @param firstOptions options of the JVM before all others
	 * @param lastOptions options of the JVM that override ours
	 * @param jar the jar, whose manifest has the class path
	 */
	static List<String> command(List<String> firstOptions, List<String> lastOptions, Path jar) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(firstOptions);
		command.addAll(jvmOptions(lastOptions));
		command.add("-jar");
		command.add(jar.toString());
		return command;
	}

	/**
	 * Return the options of the JVM of each service.
	 * @param lastOptions options that override ours
	 */
	static List<String> jvmOptions(List<String> lastOptions) {
		List<String> options = new ArrayList<>(JVM_OPTIONS);
		options.addAll(lastOptions);
		return options;
	}

	/** Return the argument by which the services of a data folder are recognised. */
	static String dataFolderArgument(Path data) {
		return "-Dlectern.data=" + data;
	}

	@Override
	public Map<String, String> environment() {
		return environment(this.inheritedEnvironment);
	}

	/**
	 * Return the environment of the service.
	 * @param inherited the environment of the launcher, of which the service gets what it
	 * reads; an empty value counts as absent
	 */
	Map<String, String> environment(Map<String, String> inherited) {
		Map<String, String> environment = new LinkedHashMap<>(inherited);
		environment.keySet().removeIf((variable) -> !inherits(variable));
		environment.values().removeIf(String::isBlank);
		environment.put("SERVER_PORT", Integer.toString(this.port));
		environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(this.managementPort));
		environment.putAll(this.extraEnvironment);
		return environment;
	}

	private boolean inherits(String variable) {
		return INHERITED_VARIABLES.contains(variable) || SETTINGS.isReadBy(this.name, variable);
	}

	@Override
	public boolean isReady(ProcessHandle process) throws InterruptedException {
		URI readiness = URI.create("http://127.0.0.1:" + this.managementPort + "/actuator/health/readiness");
		HttpRequest request = HttpRequest.newBuilder(readiness).timeout(Duration.ofSeconds(2)).build();
		try {
			return HTTP_CLIENT.send(request, BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
	}

}

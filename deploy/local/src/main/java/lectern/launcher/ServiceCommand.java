package lectern.launcher;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Prints the command that runs one service alone, which the script {@code lectern} then
 * executes. So a service that is started alone has the same JVM as one of
 * {@code ./lectern up}, and its settings are those of the environment.
 */
public final class ServiceCommand {

	private ServiceCommand() {
	}

	/**
	 * Print the command, one argument in each line. If it cannot be told, one printed
	 * sentence says what to do, and the exit code is that of a start that failed.
	 * @param arguments the folder of Lectern, and the name of the service
	 */
	public static void main(String[] arguments) {
		try {
			command(Path.of(arguments[0]), arguments[1], System.getenv()).forEach(System.out::println);
		}
		catch (StartupException ex) {
			System.err.println(ex.userMessage());
			System.exit(ex.exitCode());
		}
	}

	/**
	 * Return the command.
	 * @param environment {@code LECTERN_JAVA_OPTIONS} and {@code LECTERN_LOG_FORMAT} are
	 * used; the service reads the others
	 * @throws StartupException if the service is not complete, or a value is invalid
	 */
	static List<String> command(Path home, String service, Map<String, String> environment) {
		Map<String, String> ofLauncher = new HashMap<>(environment);
		// Only ./lectern up has to reach the port itself.
		ofLauncher.remove(LauncherSettings.MANAGEMENT_ADDRESS);
		LauncherSettings settings = LauncherSettings.fromEnvironment(ofLauncher, home);
		List<String> command = new ArrayList<>();
		Map<String, String> variables = settings.logFormat().environment();
		if (!variables.isEmpty()) {
			command.add("env");
			variables.forEach((name, value) -> command.add(name + "=" + value));
		}
		Path jar = new Installation(settings.root()).jar(service);
		// The output is the command.
		AotCaches caches = new AotCaches(settings, System.err::println);
		command.addAll(ServiceProgram.command(caches.of(service, jar), settings.javaOptions(), jar));
		return command;
	}

}

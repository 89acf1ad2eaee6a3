package lectern.launcher;

import java.util.Locale;
import java.util.Map;

/** The format of the lines that the services write to their logs. */
enum LogFormat {

	/** One line for a person; a stack trace has further lines. */
	TEXT(Map.of()),

	/** One JSON object in each line, with the fields of Logstash. */
	JSON(Map.of("LOGGING_STRUCTURED_FORMAT_CONSOLE", "logstash"));

	private final Map<String, String> environment;

	LogFormat(Map<String, String> environment) {
		this.environment = environment;
	}

	/** Return what a service needs in its environment to write this format. */
	Map<String, String> environment() {
		return this.environment;
	}

	/**
	 * Read the setting.
	 * @throws StartupException if it is no format
	 */
	static LogFormat parse(String text) {
		return switch (text.strip().toLowerCase(Locale.ROOT)) {
			case "text" -> TEXT;
			case "json" -> JSON;
			default -> throw new StartupException(
					"LECTERN_LOG_FORMAT is \"" + text + "\": set it to \"text\" or to \"json\".");
		};
	}

}

package lectern.acceptance;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A setting, as the table of settings shows it.
 *
 * @param name the name in its canonical form
 * @param description what it means, with code in the manner of Javadoc
 * @param keyed whether it is a map, which no variable can set
 * @param defaults the default value in each service that reads it; empty for none
 */
record DocumentedSetting(String name, String description, boolean keyed, Map<String, String> defaults) {

	private static final Pattern CODE = Pattern.compile("\\{@code ([^}]*)\\}");

	/** A default that is the value of a variable of the environment. */
	private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):\\}");

	DocumentedSetting {
		defaults = new TreeMap<>(defaults);
	}

	/** The variable of the environment, unless it is a map. */
	String variable() {
		return this.name.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
	}

	List<String> readers() {
		return List.copyOf(this.defaults.keySet());
	}

	String toTableRow() {
		String meaning = CODE.matcher(this.description).replaceAll("`$1`").replace("|", "\\|");
		String variable = this.keyed ? "" : "<br>`" + variable() + "`";
		return "| `" + this.name + "`" + variable + " | " + meaning + " | " + shownDefaults() + " | " + shownReaders()
				+ " |";
	}

	private String shownReaders() {
		return this.defaults.keySet().containsAll(Modules.SERVICES) ? "all services"
				: String.join(", ", this.defaults.keySet());
	}

	/** The most common value first, and then those that differ in a service. */
	private String shownDefaults() {
		Map<String, List<String>> services = this.defaults.keySet()
			.stream()
			.collect(Collectors.groupingBy(this.defaults::get, TreeMap::new, Collectors.toList()));
		if (services.size() == 1) {
			return shown(services.keySet().iterator().next());
		}
		return services.entrySet()
			.stream()
			.sorted(Comparator.comparing((Map.Entry<String, List<String>> entry) -> entry.getValue().getFirst()))
			.map((entry) -> shown(entry.getKey()) + " in " + String.join(" and ", entry.getValue()))
			.collect(Collectors.joining("; "));
	}

	private static String shown(String value) {
		return value.isEmpty() ? "none" : "`" + VARIABLE.matcher(value).replaceAll("\\$$1") + "`";
	}

}

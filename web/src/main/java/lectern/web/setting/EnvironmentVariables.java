package lectern.web.setting;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * The variables of the environment that Lectern reads, from a list that is generated with
 * the table of settings. The launcher uses it too, so it needs nothing but the JDK.
 */
public final class EnvironmentVariables {

	private static final String LIST = "environment-variables.txt";

	private static final String PREFIX = "LECTERN_";

	private static final String SERVICE_HOST = "_SERVICE_HOST";

	/** Members of a list can have variables of their own. */
	private static final Pattern MEMBER_OF_LIST = Pattern.compile("(.+)_\\d+");

	/** The programs that read a variable, by its name. */
	private final Map<String, Set<String>> readers;

	private EnvironmentVariables(Map<String, Set<String>> readers) {
		this.readers = readers;
	}

	/** Return the list of this release. */
	public static EnvironmentVariables known() {
		try (InputStream list = Objects.requireNonNull(EnvironmentVariables.class.getResourceAsStream(LIST))) {
			return parse(new String(list.readAllBytes(), StandardCharsets.UTF_8));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * @param list a line for each variable: its name, and the programs that read it
	 */
	static EnvironmentVariables parse(String list) {
		return new EnvironmentVariables(list.lines()
			.filter((line) -> !line.isBlank() && !line.startsWith("#"))
			.map((line) -> line.split(" "))
			.collect(Collectors.toMap((words) -> words[0],
					(words) -> Set.of(Arrays.copyOfRange(words, 1, words.length)), (first, _) -> first, TreeMap::new)));
	}

	/** Tell whether a program, such as {@code gateway}, reads a variable. */
	public boolean isReadBy(String program, String variable) {
		return this.readers.getOrDefault(nameInList(variable), Set.of()).contains(program);
	}

	/**
	 * Find a variable that begins with {@code LECTERN_} and that nobody reads.
	 * @param variables the names of all variables that are set
	 * @return a sentence with the nearest known name; null if there is no such variable
	 */
	public @Nullable String explainUnknown(Collection<String> variables) {
		return variables.stream()
			.filter((name) -> name.startsWith(PREFIX) && !this.readers.containsKey(nameInList(name)))
			.filter((name) -> !isServiceLink(name, variables))
			.sorted()
			.findFirst()
			.map((name) -> "No setting has the environment variable " + name + ": the nearest name is " + nearest(name)
					+ ", and docs/settings.md has all of them.")
			.orElse(null);
	}

	private String nameInList(String variable) {
		Matcher member = MEMBER_OF_LIST.matcher(variable);
		return (!this.readers.containsKey(variable) && member.matches()) ? member.group(1) : variable;
	}

	/**
	 * Whether Kubernetes has set a variable, for a service whose name begins with
	 * {@code lectern-}.
	 * @see <a href=
	 * "https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Environment
	 * variables of services</a>
	 */
	private static boolean isServiceLink(String name, Collection<String> variables) {
		return variables.stream()
			.filter((variable) -> variable.endsWith(SERVICE_HOST))
			.map((variable) -> variable.substring(0, variable.length() - SERVICE_HOST.length()))
			.anyMatch((service) -> name.startsWith(service + "_SERVICE_") || name.startsWith(service + "_PORT"));
	}

	private String nearest(String name) {
		return this.readers.keySet()
			.stream()
			.filter((known) -> known.startsWith(PREFIX))
			.min(Comparator.comparingInt((known) -> EditDistance.between(known, name)))
			.orElseThrow();
	}

}

package lectern.web.setting;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What values of settings must be. Records call these methods in their constructors,
 * because a validator would be created for each of them, which slows down every start.
 * Each method throws {@link InvalidSettingException}.
 */
public final class SettingConstraints {

	private static final Set<String> HTTP = Set.of("http", "https");

	private static final int MAX_PORT = 65_535;

	private SettingConstraints() {
	}

	/** Require a number that is large enough. */
	public static void requireAtLeast(long min, String member, long value) {
		require(value >= min, member, value, "at least " + min);
	}

	/** Require a duration that is long enough; it must not be missing. */
	public static void requireAtLeast(Duration min, String member, @Nullable Duration value) {
		require(value != null && value.compareTo(min) >= 0, member, (value != null) ? text(value) : null,
				"at least " + text(min));
	}

	/** Require a port to listen on, if there is one; 0 is any that is free, -1 none. */
	public static void requirePort(String member, @Nullable Integer value) {
		require(value == null || (value >= -1 && value <= MAX_PORT), member, value,
				"a port from 1 to " + MAX_PORT + ", 0 for any that is free, or -1 for none");
	}

	/** Require an address of a service: scheme, host and perhaps a port. */
	public static void requireServiceUrl(String member, @Nullable URI value) {
		require(value != null && isServiceUrl(value), member, value,
				"an address without a path, such as http://127.0.0.1:8082");
	}

	/** Require at least one address of a service. */
	public static void requireServiceUrls(String member, List<URI> values) {
		require(!values.isEmpty() && values.stream().allMatch(SettingConstraints::isServiceUrl), member,
				values.stream().map(URI::toString).collect(Collectors.joining(",")),
				"an address without a path, such as http://127.0.0.1:8082, or several with commas between them");
	}

	private static boolean isServiceUrl(URI value) {
		return isHttp(value) && value.getPath().isEmpty() && value.getQuery() == null;
	}

	/** Require an absolute URL of HTTP, if there is one. */
	public static void requireUrl(String member, @Nullable URI value) {
		require(value == null || isHttp(value), member, value, "a URL that begins with http:// or https://");
	}

	private static boolean isHttp(URI value) {
		return HTTP.contains(String.valueOf(value.getScheme())) && value.getHost() != null;
	}

	/** Require a text that is there and not blank. */
	public static void requireText(String member, @Nullable String value) {
		require(value != null && !value.isBlank(), member, value, "a text that is not empty");
	}

	/** Require that no text of a list is blank; the list may be empty. */
	public static void requireTexts(String member, Collection<String> values) {
		require(values.stream().noneMatch(String::isBlank), member, String.join(",", values),
				"names, separated by commas, of which none is empty");
	}

	/** Require a folder, or a path at which a folder can be created, if there is one. */
	public static void requireFolder(String member, @Nullable Path value) {
		require(value == null || (!value.toString().isEmpty() && (Files.notExists(value) || Files.isDirectory(value))),
				member, value, "a folder");
	}

	/** Require that a secret is long enough, if there is one. */
	public static void requireSecret(int minLength, String member, String value) {
		require(value.isEmpty() || value.length() >= minLength, member, value,
				"a text of at least " + minLength + " characters");
	}

	/** Require anything else, to be read after "it must be". */
	public static void require(boolean valid, String member, @Nullable Object value, String requirement) {
		if (!valid) {
			throw new InvalidSettingException(member, value, requirement);
		}
	}

	private static String text(Duration value) {
		return (value.toMillisPart() == 0) ? value.toSeconds() + "s" : value.toMillis() + "ms";
	}

}

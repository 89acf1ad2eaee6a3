package lectern.web;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** The hosts that requests may ask for: any that is well-formed, or those of a list. */
public final class AllowedHosts {

	/** A host name, an IPv4 or a bracketed IPv6 address, with or without a port. */
	private static final Pattern HOST = Pattern
		.compile("(?<name>[A-Za-z0-9._~%!$&'()*+,;=-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{0,5})?");

	private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+]");

	/** Programs on this machine, such as the canary, use these. */
	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	/** In lower case; empty if any is allowed. */
	private final Set<String> names = new HashSet<>();

	/**
	 * @param names host names and addresses without a port, IPv6 addresses in brackets;
	 * if there are none, every host is allowed. Those of the loopback interface are
	 * allowed in any case
	 */
	public AllowedHosts(Collection<String> names) {
		names.forEach((name) -> this.names.add(normalize(name)));
	}

	/** Tell whether a text is a host name or an address, without a port. */
	public static boolean isName(String text) {
		return NAME.matcher(text).matches();
	}

	/** A name may end with the dot of the root of the domain names. */
	private static String normalize(String name) {
		String lower = name.toLowerCase(Locale.ROOT);
		return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
	}

	/**
	 * Find what is wrong with the host of a request.
	 * @param hosts the values of the header {@code Host}
	 * @param optional whether there may be none
	 * @return null if nothing is wrong
	 */
	@Nullable Problem findProblem(List<String> hosts, boolean optional) {
		if (hosts.size() > 1 || (hosts.isEmpty() && !optional)) {
			return Problem.of(ProblemType.MALFORMED, "A request must have exactly one Host header.");
		}
		if (hosts.isEmpty()) {
			return null;
		}
		Matcher host = HOST.matcher(hosts.getFirst());
		if (!host.matches()) {
			return Problem.of(ProblemType.MALFORMED, "The Host header is not a host with an optional port.");
		}
		return isAllowed(normalize(host.group("name"))) ? null : Problem.of(ProblemType.MALFORMED,
				"The Host header names a host that this server does not answer for.");
	}

	private boolean isAllowed(String name) {
		return this.names.isEmpty() || this.names.contains(name) || LOOPBACK.contains(name);
	}

}

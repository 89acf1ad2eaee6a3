package lectern.catalog.importing.booklist;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The licences that lists name.
 */
final class Licences {

	private static final Pattern KNOWN = Pattern
		.compile("CC0?|CC[ -]0|(?:CC[ -])?BY(?:[ -](?:NC|SA|ND))*+|CC[ -](?:NC|SA|ND)(?:[ -](?:NC|SA|ND))*+"
				+ "|(?:GNU )?(?:[AL]?GPL|G?FDL)|MIT|ISC|MPL|EPL|OPL|WTFPL|Unlicense|Apache|BSD(?:[ -][234](?:-Clause)?)?"
				+ "|Public Domain", Pattern.CASE_INSENSITIVE);

	private static final Pattern VERSION = Pattern
		.compile("(?: Licen[cs]e)?(?:[ -]?v?[0-9](?:\\.[0-9])?\\+?)?(?: [A-Z]{2})?$");

	private Licences() {
	}

	/**
	 * Return the name if it is a known licence, otherwise null.
	 */
	static @Nullable String of(String name) {
		if (name.length() > 40) {
			return null;
		}
		boolean known = KNOWN.matcher(VERSION.matcher(name).replaceFirst("")).matches()
				|| KNOWN.matcher(name).matches();
		return known ? name : null;
	}

}

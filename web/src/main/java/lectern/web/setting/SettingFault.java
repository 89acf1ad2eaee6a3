package lectern.web.setting;

import java.util.Locale;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one setting.
 *
 * @param name the name of the setting in its canonical form
 * @param value its value; null if it is missing
 * @param requirement what is allowed, to be read after "it must be"
 */
record SettingFault(String name, @Nullable String value, String requirement) {

	private static final Pattern SECRET = Pattern.compile("(password|secret)$");

	/** In a URL: the user with the password, or a parameter with a password. */
	private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/?#]*@|(?i)(?<=password=)[^&#]*");

	private static final Pattern CONTROL_CHARACTERS = Pattern.compile("\\p{Cntrl}+");

	private static final int MAX_LENGTH = 200;

	/** One sentence; secrets are not shown, nor those within a URL. */
	String sentence() {
		return "The setting " + this.name + variable() + state() + ": it must be " + this.requirement + ".";
	}

	/** No variable can have the key of a map in its name. */
	private String variable() {
		return (this.name.indexOf('[') >= 0) ? "" : " (" + variableOf(this.name) + " in the environment)";
	}

	/** The variable of the environment that sets a setting. */
	static String variableOf(String setting) {
		return setting.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
	}

	private String state() {
		if (this.value == null) {
			return " is missing";
		}
		if (SECRET.matcher(this.name).find()) {
			return " has a value that is not allowed, and is not shown";
		}
		String shown = CREDENTIALS.matcher(CONTROL_CHARACTERS.matcher(this.value).replaceAll(" ")).replaceAll("…");
		return " is \"" + ((shown.length() > MAX_LENGTH) ? shown.substring(0, MAX_LENGTH) + "…" : shown) + "\"";
	}

}

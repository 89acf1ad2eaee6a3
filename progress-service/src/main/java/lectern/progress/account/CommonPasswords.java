package lectern.progress.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import com.nulabinc.zxcvbn.StandardDictionaries;

/**
 * The passwords that attackers try first: the 30,000 commonest ones as the library zxcvbn
 * ranks them, without those that are too short anyway.
 */
final class CommonPasswords {

	private final Set<String> passwords;

	private CommonPasswords(Set<String> passwords) {
		this.passwords = passwords;
	}

	/**
	 * Read the list. This blocks.
	 * @throws UncheckedIOException if it cannot be read
	 */
	static CommonPasswords load(int minLength) {
		try {
			return new CommonPasswords(StandardDictionaries.PASSWORDS_LOADER.load()
				.getFrequencies()
				.stream()
				.filter((password) -> password.length() >= minLength)
				.collect(Collectors.toUnmodifiableSet()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("Cannot read the list of common passwords", ex);
		}
	}

	/** Tell whether a normalized password is common, in upper or lower case. */
	boolean contains(String password) {
		return this.passwords.contains(password.toLowerCase(Locale.ROOT));
	}

}

package lectern.progress.catalogreplica;

import java.util.Locale;
import java.util.regex.Pattern;

/** International standard book numbers (ISO 2108). */
final class Isbn {

	private static final Pattern SEPARATORS = Pattern.compile("[\\s\\p{Pd}]+");

	private static final Pattern TEN_DIGITS = Pattern.compile("[0-9]{9}[0-9X]");

	private Isbn() {
	}

	/**
	 * Return the number as 13 digits without separators. Text that is not an ISBN of ten
	 * digits is returned without separators, in upper case.
	 */
	static String normalize(String text) {
		String compact = SEPARATORS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
		return (TEN_DIGITS.matcher(compact).matches() && isChecked(compact)) ? toThirteenDigits(compact) : compact;
	}

	/** The sum of the digits, weighted from 10 down to 1, is a multiple of 11. */
	private static boolean isChecked(String tenDigits) {
		int sum = 0;
		for (int at = 0; at < tenDigits.length(); at++) {
			int digit = (tenDigits.charAt(at) == 'X') ? 10 : tenDigits.charAt(at) - '0';
			sum += (10 - at) * digit;
		}
		return sum % 11 == 0;
	}

	/** The sum of the digits, weighted 1 and 3 in turn, is a multiple of 10. */
	private static String toThirteenDigits(String tenDigits) {
		String digits = "978" + tenDigits.substring(0, 9);
		int sum = 0;
		for (int at = 0; at < digits.length(); at++) {
			sum += ((at % 2 == 0) ? 1 : 3) * (digits.charAt(at) - '0');
		}
		return digits + (10 - sum % 10) % 10;
	}

}

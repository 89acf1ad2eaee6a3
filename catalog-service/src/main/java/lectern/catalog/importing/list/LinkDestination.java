package lectern.catalog.importing.list;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Makes a destination written by people into a URL that programs take: http or https, a
 * host with a dot, in ASCII, everything else percent-encoded, the way a browser would
 * send it.
 */
final class LinkDestination {

	static final int MAX_LENGTH = 2000;

	private static final String UNENCODED = "!$%&'()*+,-./:;=?@_~";

	private LinkDestination() {
	}

	/**
	 * Returns the URL, or nothing if there is none in it.
	 */
	static @Nullable String toUrl(String destination) {
		int authority = authority(destination);
		if (authority == 0 || destination.length() > MAX_LENGTH) {
			return null;
		}
		int end = authority;
		while (end < destination.length() && "/?#\\".indexOf(destination.charAt(end)) < 0) {
			end++;
		}
		String host = host(destination.substring(authority, end));
		if (host == null) {
			return null;
		}
		String url = destination.substring(0, authority).toLowerCase(Locale.ROOT) + host
				+ encode(destination.substring(end));
		try {
			return (url.length() <= MAX_LENGTH) ? new URI(url).toString() : null;
		}
		catch (URISyntaxException malformed) {
			return null;
		}
	}

	/**
	 * Says why there is none, for a person.
	 */
	static String rejectionReason(String destination) {
		String shown = TextSanitizer.printable(destination, 100);
		if (destination.isEmpty()) {
			return "The link has no target.";
		}
		if (authority(destination) > 0) {
			return "The URL of the link cannot be parsed: " + shown;
		}
		return destination.endsWith(".md") ? "The link points to another list, not to a book: " + shown
				: "The link is not an http or https URL: " + shown;
	}

	private static int authority(String url) {
		for (String scheme : new String[] { "https://", "http://" }) {
			if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
				return scheme.length();
			}
		}
		return 0;
	}

	private static @Nullable String host(String authority) {
		int colon = authority.indexOf(':');
		String port = (colon < 0) ? "" : authority.substring(colon);
		String host = ascii((colon < 0) ? authority : authority.substring(0, colon));
		boolean named = host.matches("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)++\\.?");
		return (named && port.matches("(?::[0-9]{0,5})?")) ? host + (port.equals(":") ? "" : port) : null;
	}

	private static String ascii(String host) {
		try {
			return IDN.toASCII(host).toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException notAName) {
			return "";
		}
	}

	/**
	 * Encodes what may not stand in a URL. A percent sign that encodes nothing is
	 * encoded, as is a second number sign.
	 */
	private static String encode(String rest) {
		StringBuilder encoded = new StringBuilder(rest.length());
		boolean fragment = false;
		int i = 0;
		while (i < rest.length()) {
			int c = rest.codePointAt(i);
			boolean starts = c == '#' && !fragment;
			boolean plain = starts || (c < 0x80 && (Character.isLetterOrDigit(c) || UNENCODED.indexOf(c) >= 0));
			if (plain && (c != '%' || isEncoded(rest, i))) {
				encoded.append((char) c);
			}
			else {
				for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
					encoded.append('%').append(String.format(Locale.ROOT, "%02X", b));
				}
			}
			fragment |= starts;
			i += Character.charCount(c);
		}
		return encoded.toString();
	}

	private static boolean isEncoded(String text, int percent) {
		return percent + 2 < text.length() && Character.digit(text.charAt(percent + 1), 16) >= 0
				&& Character.digit(text.charAt(percent + 2), 16) >= 0 && text.charAt(percent + 1) < 0x80
				&& text.charAt(percent + 2) < 0x80;
	}

}

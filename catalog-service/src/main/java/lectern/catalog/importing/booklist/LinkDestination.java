package lectern.catalog.importing.booklist;

import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Converts the destination of a Markdown link to a valid URL, as a browser does: the
 * scheme is http or https, the host has a dot and is in ASCII (Punycode), and all other
 * characters outside of ASCII are percent-encoded.
 */
final class LinkDestination {

	static final int MAX_LENGTH = 2000;

	private static final String UNENCODED = "!$%&'()*+,-./:;=?@_~";

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private LinkDestination() {
	}

	/**
	 * Return the URL; null if the destination cannot be converted.
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
		catch (URISyntaxException _) {
			return null;
		}
	}

	/**
	 * Return a sentence that explains why a destination cannot be converted.
	 */
	static String rejectionReason(String destination) {
		String printable = TextSanitizer.printable(destination, 100);
		if (destination.isEmpty()) {
			return "The link has no target.";
		}
		if (authority(destination) > 0) {
			return "The URL of the link cannot be parsed: " + printable;
		}
		return destination.endsWith(".md") ? "The link points to another list, not to a book: " + printable
				: "The link is not an http or https URL: " + printable;
	}

	/** Return the index of the authority after the scheme, 0 for any other scheme. */
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
		boolean hasDomain = host.matches("[a-z0-9_-]+(?:\\.[a-z0-9_-]+)++\\.?");
		return (hasDomain && port.matches("(?::[0-9]{0,5})?")) ? host + (port.equals(":") ? "" : port) : null;
	}

	private static String ascii(String host) {
		try {
			return IDN.toASCII(host).toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException _) {
			return "";
		}
	}

	/**
	 * Percent-encode the characters that a URL may not contain. A percent sign that does
	 * not start an escape is encoded, and so is a second number sign.
	 */
	private static String encode(String rest) {
		StringBuilder encoded = new StringBuilder(rest.length());
		boolean fragment = false;
		int i = 0;
		while (i < rest.length()) {
			int c = rest.codePointAt(i);
			boolean startsFragment = c == '#' && !fragment;
			boolean allowed = startsFragment
					|| (c < 0x80 && (Character.isLetterOrDigit(c) || UNENCODED.indexOf(c) >= 0));
			if (allowed && (c != '%' || isEncoded(rest, i))) {
				encoded.append((char) c);
			}
			else {
				for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
					encoded.append('%').append(HEX.toHexDigits(b));
				}
			}
			fragment |= startsFragment;
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

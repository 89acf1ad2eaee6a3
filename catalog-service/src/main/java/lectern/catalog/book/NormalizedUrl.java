package lectern.catalog.book;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A URL in the form in which two of them are compared to find links to the same book. It
 * is a key, not an address: scheme, {@code www.}, default port, trailing slashes,
 * tracking parameters and the prefix of a web archive are removed.
 * <p>
 * A fragment is kept, because lists use it to tell the books of one page apart
 * ({@code knihy.nic.cz/#ProGit}, {@code cpbook.net/#CP1details}) and applications use it
 * for routing ({@code worrydream.com/#!/MagicInk}): merging two books is worse than
 * having one twice. Only fragments that identify no part of a page are removed: an empty
 * one, the top of a page, the README of a repository, highlighted text.
 */
public record NormalizedUrl(String value) {

	private static final Pattern PARTS = Pattern.compile("(?s)https?://([^/?#]*+)([^?#]*+)(?:\\?([^#]*+))?(?:#(.*+))?",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern ARCHIVED = Pattern.compile(
			"(?s)https?://(?:www\\.|web\\.)?archive\\.org/web/(?:[0-9*]++(?:[a-z]{2}_)?/)?(?:(https?):/{1,2})?(.++)",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern TRACKING = Pattern.compile("(?:utm_\\w++|fbclid|gclid|mc_cid|mc_eid|igshid)(?:=.*+)?",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern IGNORED_FRAGMENT = Pattern.compile("(?:top|readme)?(?::~:.*+)?",
			Pattern.CASE_INSENSITIVE);

	/**
	 * Normalize any text. One that is not an http or https URL is returned as it is.
	 */
	public static NormalizedUrl of(String url) {
		String original = original(url);
		Matcher parts = PARTS.matcher(original);
		if (!parts.matches()) {
			return new NormalizedUrl(original);
		}
		StringBuilder key = new StringBuilder(host(parts.group(1)));
		key.append(withoutTrailingSlashes(normalizePercentEncoding(parts.group(2))));
		String query = (parts.group(3) != null) ? query(normalizePercentEncoding(parts.group(3))) : "";
		if (!query.isEmpty()) {
			key.append('?').append(query);
		}
		String fragment = (parts.group(4) != null) ? normalizePercentEncoding(parts.group(4)) : "";
		if (!IGNORED_FRAGMENT.matcher(fragment).matches()) {
			key.append('#').append(fragment);
		}
		return new NormalizedUrl(key.toString());
	}

	/** The host, with its port unless that is the default one. */
	public String site() {
		return this.value.split("[/?#]", 2)[0];
	}

	/** Whether a URL is one of a copy in a web archive. */
	public static boolean isArchived(String url) {
		return ARCHIVED.matcher(url).matches();
	}

	/**
	 * Return the URL that an archived copy was made from. There are copies of copies.
	 */
	private static String original(String url) {
		String original = url.strip();
		for (int copies = 0; copies < 3; copies++) {
			Matcher archived = ARCHIVED.matcher(original);
			if (!archived.matches()) {
				break;
			}
			original = "http://" + archived.group(2);
		}
		return original;
	}

	private static String host(String authority) {
		String host = authority.toLowerCase(Locale.ROOT).replaceFirst("(?::(?:80|443)?)?$", "");
		return (host.startsWith("www.") && host.indexOf('.', 4) > 0) ? host.substring(4) : host;
	}

	private static String withoutTrailingSlashes(String path) {
		int end = path.length();
		while (end > 0 && path.charAt(end - 1) == '/') {
			end--;
		}
		return path.substring(0, end);
	}

	private static String query(String query) {
		return Arrays.stream(query.split("&"))
			.filter((parameter) -> !parameter.isEmpty() && !TRACKING.matcher(parameter).matches())
			.collect(Collectors.joining("&"));
	}

	/**
	 * Decode unreserved characters, and write the other escapes in upper case.
	 */
	private static String normalizePercentEncoding(String text) {
		StringBuilder normalized = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			int high = (text.charAt(i) == '%' && i + 2 < text.length()) ? Character.digit(text.charAt(i + 1), 16) : -1;
			int low = (high >= 0) ? Character.digit(text.charAt(i + 2), 16) : -1;
			if (low < 0) {
				normalized.append(text.charAt(i));
				continue;
			}
			char c = (char) (high * 16 + low);
			boolean unreserved = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
			normalized.append(unreserved ? String.valueOf(c) : text.substring(i, i + 3).toUpperCase(Locale.ROOT));
			i += 2;
		}
		return normalized.toString();
	}

}

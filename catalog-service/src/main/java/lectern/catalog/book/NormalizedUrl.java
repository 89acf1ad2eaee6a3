package lectern.catalog.book;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What of a URL decides that two of them lead to the same book. It is a key, not an
 * address: scheme, {@code www.}, default port, trailing slash, tracking parameters and an
 * archive's prefix are gone.
 * <p>
 * A fragment stays, because lists tell books of one page apart by it
 * ({@code knihy.nic.cz/#ProGit}, {@code cpbook.net/#CP1details}) and applications route
 * by it ({@code worrydream.com/#!/MagicInk}); merging two books is worse than keeping one
 * twice. Gone are only fragments that name no part: none at all, the top, a repository's
 * README, highlighted text.
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
	 * Normalises any text; what is no web address is its own key.
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

	/** The host, with a port that is not the usual one. */
	public String site() {
		return this.value.split("[/?#]", 2)[0];
	}

	public static boolean isArchived(String url) {
		return ARCHIVED.matcher(url).matches();
	}

	/**
	 * Returns the address that an archived copy was made from. Copies of copies exist.
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
	 * Decodes what needs no percent sign and writes the rest in one case.
	 */
	private static String normalizePercentEncoding(String text) {
		StringBuilder same = new StringBuilder(text.length());
		for (int i = 0; i < text.length(); i++) {
			int high = (text.charAt(i) == '%' && i + 2 < text.length()) ? Character.digit(text.charAt(i + 1), 16) : -1;
			int low = (high >= 0) ? Character.digit(text.charAt(i + 2), 16) : -1;
			if (low < 0) {
				same.append(text.charAt(i));
				continue;
			}
			char c = (char) (high * 16 + low);
			boolean unreserved = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~".indexOf(c) >= 0);
			same.append(unreserved ? String.valueOf(c) : text.substring(i, i + 3).toUpperCase(Locale.ROOT));
			i += 2;
		}
		return same.toString();
	}

}

package lectern.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * Which page of which list is asked for, by keyset: the key of the last item seen, not a
 * count of items to skip, so that an item present throughout a walk is seen exactly once.
 *
 * @param limit how many items at the most, 1 to 200
 * @param after the key of the last item of the page before; null for the first page
 */
public record KeysetPageRequest(int limit, @Nullable String after, String query) {

	private static final Set<String> PAGING_PARAMETERS = Set.of("limit", "page");

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 200;

	/**
	 * Read from a request's parameters.
	 * @param filters the parameters that narrow this list, beside {@code limit} and
	 * {@code page}
	 * @throws Problem naming the parameter that is unknown, given twice, out of range, or
	 * a page of another query
	 */
	public static KeysetPageRequest of(MultiValueMap<String, String> parameters, Set<String> filters) {
		Set<String> known = new HashSet<>(filters);
		known.addAll(PAGING_PARAMETERS);
		QueryParameters.requireKnown(parameters, known);
		String query = filters.stream()
			.sorted()
			.filter(parameters::containsKey)
			.map((name) -> name + "=" + parameters.getFirst(name))
			.reduce("", (all, one) -> all + "&" + one);
		String limit = parameters.getFirst("limit");
		String page = parameters.getFirst("page");
		return new KeysetPageRequest((limit != null) ? limit(limit) : DEFAULT_LIMIT,
				(page != null) ? decodeKey(page, query) : null, query);
	}

	/**
	 * The page that answers this request.
	 * @param fetched the items found, one more than the limit if there is more to come
	 * @param key the key by which the list is ordered
	 */
	public <T> KeysetPage<T> page(Collection<T> fetched, Function<T, String> key) {
		List<T> items = fetched.stream().limit(this.limit).toList();
		boolean more = fetched.size() > this.limit;
		return new KeysetPage<>(items, more ? nextPageToken(key.apply(items.getLast())) : null);
	}

	/**
	 * What to send as {@code page} for what comes after an item.
	 * @param key the item's, by which the list is ordered
	 * @return letters, digits, hyphens and underscores
	 */
	public String nextPageToken(String key) {
		String content = Integer.toHexString(this.query.hashCode()) + ":" + key;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
	}

	private static int limit(String text) {
		try {
			int limit = Integer.parseInt(text);
			if (limit >= 1 && limit <= MAX_LIMIT) {
				return limit;
			}
		}
		catch (NumberFormatException _) {
			// Said below, together with numbers out of range.
		}
		throw Problem.invalidParameter("limit", "must be a whole number from 1 to " + MAX_LIMIT);
	}

	private static String decodeKey(String page, String query) {
		try {
			String content = new String(Base64.getUrlDecoder().decode(page), StandardCharsets.UTF_8);
			String prefix = Integer.toHexString(query.hashCode()) + ":";
			if (content.startsWith(prefix)) {
				return content.substring(prefix.length());
			}
		}
		catch (IllegalArgumentException _) {
			// Not of our making: said below.
		}
		throw Problem.invalidParameter("page", "is not a page of this list; start without it");
	}

}

package lectern.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32C;

import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * A request for one page of a list. A page starts after the key of the last item of the
 * page before (keyset pagination), not after a number of items to skip, so that an item
 * that is present during the whole walk is seen exactly once.
 *
 * @param limit the maximum number of items, 1 to 200
 * @param after the key of the last item of the previous page; null for the first page
 * @param query the filters of the list, to recognize a page of another query
 */
public record KeysetPageRequest(int limit, @Nullable String after, String query) {

	private static final Set<String> PAGING_PARAMETERS = Set.of("limit", "page");

	private static final int DEFAULT_LIMIT = 50;

	private static final int MAX_LIMIT = 200;

	private static final int CHECKSUM_LENGTH = 8;

	/**
	 * Read a page request from the query parameters of a request.
	 * @param filters the names of the parameters that filter this list, besides
	 * {@code limit} and {@code page}
	 * @throws Problem 400 naming a parameter that is unknown, given twice, out of range,
	 * or a page of another query
	 */
	public static KeysetPageRequest of(MultiValueMap<String, String> parameters, Set<String> filters) {
		QueryParameters query = parameters(parameters, filters);
		KeysetPageRequest request = read(query, parameters, filters);
		query.requireValid();
		return request;
	}

	/**
	 * Begin to read the parameters of a list, which has filters of its own.
	 * @param filters as above
	 */
	public static QueryParameters parameters(MultiValueMap<String, String> parameters, Set<String> filters) {
		Set<String> known = new HashSet<>(filters);
		known.addAll(PAGING_PARAMETERS);
		return QueryParameters.of(parameters, known);
	}

	/**
	 * Read a page request.
	 * @param query collects what is not valid; the result holds only if that is nothing
	 */
	public static KeysetPageRequest read(QueryParameters query, MultiValueMap<String, String> parameters,
			Set<String> filters) {
		String filter = filters.stream()
			.sorted()
			.filter(parameters::containsKey)
			.map((name) -> name + "=" + parameters.getFirst(name))
			.reduce("", (all, one) -> all + "&" + one);
		Integer limit = query.read("limit", KeysetPageRequest::limit);
		String after = query.read("page", (page) -> decodeKey(page, filter));
		return new KeysetPageRequest((limit != null) ? limit : DEFAULT_LIMIT, after, filter);
	}

	/**
	 * Build the page that answers this request.
	 * @param fetched the items found, one more than the limit unless it is the last page
	 * @param key returns the key by which the list is ordered
	 */
	public <T> KeysetPage<T> page(Collection<T> fetched, Function<T, String> key) {
		List<T> items = fetched.stream().limit(this.limit).toList();
		boolean more = fetched.size() > this.limit;
		return new KeysetPage<>(items, more ? nextPageToken(key.apply(items.getLast())) : null);
	}

	/**
	 * Return the {@code page} parameter of the page that starts after an item.
	 * @param key the key of the item, by which the list is ordered
	 * @return letters, digits, hyphens and underscores
	 */
	public String nextPageToken(String key) {
		String content = checksum(this.query, key) + key;
		return Base64.getUrlEncoder().withoutPadding().encodeToString(content.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Tells tokens of this query from those of others and from made-up ones. It is no
	 * protection against a forger, who could only ask for another page of the same list.
	 */
	private static String checksum(String query, String key) {
		CRC32C checksum = new CRC32C();
		checksum.update((query + "\n" + key).getBytes(StandardCharsets.UTF_8));
		return HexFormat.of().toHexDigits((int) checksum.getValue());
	}

	private static int limit(String text) {
		try {
			int limit = Integer.parseInt(text);
			if (limit >= 1 && limit <= MAX_LIMIT) {
				return limit;
			}
		}
		catch (NumberFormatException _) {
			// Reported below, together with numbers out of range.
		}
		throw Problem.invalidParameter("limit", "must be a whole number from 1 to " + MAX_LIMIT);
	}

	private static String decodeKey(String page, String query) {
		try {
			String content = new String(Base64.getUrlDecoder().decode(page), StandardCharsets.UTF_8);
			String key = content.substring(Math.min(CHECKSUM_LENGTH, content.length()));
			// The database cannot compare text that contains NUL.
			if (content.equals(checksum(query, key) + key) && key.indexOf(0) < 0) {
				return key;
			}
		}
		catch (IllegalArgumentException _) {
			// Not Base64, so not issued by this class; reported below.
		}
		throw Problem.invalidParameter("page", "is not a page of this list; start without it");
	}

}

package lectern.gateway.limit;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import io.netty.handler.codec.http.HttpMethod;

import org.springframework.web.util.UriUtils;

/** What a request costs, by its method and its address. */
enum RequestCost {

	/** Pages, files, single resources and lists; opening a stream. */
	READ("reads", "reads"),

	/** Lists of books, topics and authors by any parameter, and facets. */
	SEARCH("searches", "searches"),

	/** Everything that may change something. */
	WRITE("writes", "writes"),

	/** Sign-ins and registrations, for which passwords are hashed. */
	SIGN_IN("sign-ins", "sign-ins and registrations"),

	/** Exports and imports. */
	TRANSFER("transfers", "exports and imports");

	private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	private static final Set<String> SEARCHES = Set.of("/api/v1/books", "/api/v1/topics", "/api/v1/authors");

	private static final String FACETS = "/api/v1/books/facets";

	private static final Set<String> SIGN_INS = Set.of("/api/v1/tokens", "/api/v1/readers");

	private static final Set<String> TRANSFERS = Set.of("/api/v1/export", "/api/v1/imports");

	private static final Set<String> TRANSFERS_OF_READERS = Set.of("/export", "/import");

	private static final String READERS = "/api/v1/readers/";

	private static final String AUTHORITY = "://";

	private final String policy;

	private final String description;

	RequestCost(String policy, String description) {
		this.policy = policy;
		this.description = description;
	}

	/** Return how the names of the limits of such requests begin. */
	String policy() {
		return this.policy;
	}

	/** Return what people call such requests. */
	String description() {
		return this.description;
	}

	/**
	 * Return the cost of a request.
	 * @param uri the target of the request as it came
	 */
	static RequestCost of(HttpMethod method, String uri) {
		String path = pathOf(uri);
		boolean read = READS.contains(method);
		if (isTransfer(method, read, path)) {
			return TRANSFER;
		}
		if (read) {
			boolean search = path.equals(FACETS) || SEARCHES.contains(path) && uri.indexOf('?') >= 0;
			return search ? SEARCH : READ;
		}
		return (HttpMethod.POST.equals(method) && SIGN_INS.contains(path)) ? SIGN_IN : WRITE;
	}

	/** Lists of imports are read; an export is read, and an import is posted. */
	private static boolean isTransfer(HttpMethod method, boolean read, String path) {
		if (!read && !HttpMethod.POST.equals(method)) {
			return false;
		}
		int end = path.startsWith(READERS) ? path.indexOf('/', READERS.length()) : -1;
		boolean transfer = (end >= 0) ? TRANSFERS_OF_READERS.contains(path.substring(end)) : TRANSFERS.contains(path);
		return transfer && path.endsWith("/export") == read;
	}

	/** Encoded characters mean the same as others. */
	private static String pathOf(String uri) {
		int query = uri.indexOf('?');
		String path = (query >= 0) ? uri.substring(0, query) : uri;
		int authority = path.startsWith("/") ? -1 : path.indexOf(AUTHORITY);
		if (authority >= 0) {
			int root = path.indexOf('/', authority + AUTHORITY.length());
			path = (root >= 0) ? path.substring(root) : "/";
		}
		return (path.indexOf('%') >= 0) ? decoded(path) : path;
	}

	private static String decoded(String path) {
		try {
			return UriUtils.decode(path, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException _) {
			return path;
		}
	}

}

package lectern.web;

import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;

/**
 * The link from a page of a list to the next one, for clients that follow links. It is
 * the request of this page with another {@code page} parameter.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8288">RFC 8288, Web Linking</a>
 */
public final class NextPageLink {

	private static final String PAGE = "page=";

	private NextPageLink() {
	}

	/**
	 * Add the link to the response.
	 * @param next the {@code page} parameter of the next page; null on the last page,
	 * which has no link
	 */
	public static void add(ServerWebExchange exchange, @Nullable String next) {
		if (next != null) {
			exchange.getResponse()
				.getHeaders()
				.add(HttpHeaders.LINK, "<" + target(exchange.getRequest().getURI(), next) + ">; rel=\"next\"");
		}
	}

	/**
	 * The gateway passes path and query on unchanged, so they are those of its client.
	 */
	private static String target(URI page, String next) {
		@Nullable String query = page.getRawQuery();
		Stream<String> others = (query != null)
				? Arrays.stream(query.split("&")).filter((parameter) -> !parameter.startsWith(PAGE)) : Stream.empty();
		return page.getRawPath() + "?" + Stream.concat(others, Stream.of(PAGE + next)).collect(Collectors.joining("&"));
	}

}

package lectern.gateway.relay;

import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Decides which requests are regular. The list of what is regular is short: whatever the
 * security filters might reject or change, and whatever is rare, takes the ordinary way.
 */
final class RegularRequestMatcher {

	private static final Set<HttpMethod> WITHOUT_CONTENT = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE);

	private static final Set<HttpMethod> WITH_CONTENT = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

	/**
	 * Headers that change the protocol or the framing, and those of browsers, about which
	 * cookies and other origins need a decision.
	 */
	private static final List<CharSequence> IRREGULAR_HEADERS = List.of(HttpHeaderNames.TRANSFER_ENCODING,
			HttpHeaderNames.EXPECT, HttpHeaderNames.UPGRADE, HttpHeaderNames.TE, HttpHeaderNames.TRAILER,
			HttpHeaderNames.COOKIE, HttpHeaderNames.ORIGIN, "forwarded");

	/** A name, or an IPv4 address, perhaps with a port. */
	private static final Pattern HOST = Pattern.compile(
			"(?:(?:[a-z0-9]+(?:-+[a-z0-9]+)*\\.)*[a-z](?:-*[a-z0-9])*|(?:(?:[1-9]?[0-9]|1[0-9]{2})(?:\\.(?!$|:)|(?=$|:))){4})"
					+ "(?::(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}))?");

	private static final BitSet PATH_CHARACTERS = characters("-._~/");

	private static final BitSet QUERY_CHARACTERS = characters("-._~/!$&'()*+,;=:@?[]");

	private static final BitSet HEX_DIGITS = new BitSet();

	static {
		"0123456789abcdefABCDEF".chars().forEach(HEX_DIGITS::set);
	}

	private RegularRequestMatcher() {
	}

	/**
	 * Return the path of a regular request.
	 * @return null if the request is not regular
	 */
	static @Nullable String pathOf(HttpServerRequest request) {
		HttpHeaders headers = request.requestHeaders();
		return HttpVersion.HTTP_1_1.equals(request.version()) && isFramed(request.method(), headers)
				&& areRegular(headers) ? pathOf(request.uri()) : null;
	}

	/**
	 * Return the path of a regular request target: below {@code /api/}, without segments
	 * that are empty or begin with a dot, with a query that needs no other encoding.
	 * @return null if it is not regular
	 */
	static @Nullable String pathOf(String uri) {
		int end = uri.indexOf('?');
		String path = (end < 0) ? uri : uri.substring(0, end);
		if (!path.startsWith("/api/") || path.endsWith("/")) {
			return null;
		}
		for (int i = 1; i < path.length(); i++) {
			char character = path.charAt(i);
			boolean first = path.charAt(i - 1) == '/';
			if (!PATH_CHARACTERS.get(character) || first && (character == '/' || character == '.')) {
				return null;
			}
		}
		return isQuery(uri, path.length() + 1) ? path : null;
	}

	private static boolean isQuery(String uri, int start) {
		for (int i = start; i < uri.length(); i++) {
			char character = uri.charAt(i);
			boolean encoded = character == '%' && i + 2 < uri.length() && HEX_DIGITS.get(uri.charAt(i + 1))
					&& HEX_DIGITS.get(uri.charAt(i + 2));
			if (!encoded && !QUERY_CHARACTERS.get(character)) {
				return false;
			}
		}
		return true;
	}

	/** Content must have a length, and only methods that take content may have it. */
	private static boolean isFramed(HttpMethod method, HttpHeaders headers) {
		boolean hasLength = headers.contains(HttpHeaderNames.CONTENT_LENGTH);
		return hasLength ? WITH_CONTENT.contains(method) : WITHOUT_CONTENT.contains(method);
	}

	private static boolean areRegular(HttpHeaders headers) {
		for (CharSequence name : IRREGULAR_HEADERS) {
			if (headers.contains(name)) {
				return false;
			}
		}
		return hasRegularConnection(headers) && isSingle(headers, HttpHeaderNames.CONTENT_LENGTH)
				&& isSingle(headers, HttpHeaderNames.AUTHORIZATION) && isSingle(headers, HttpHeaderNames.HOST)
				&& isHost(headers.get(HttpHeaderNames.HOST)) && arePrintable(headers);
	}

	private static boolean isHost(@Nullable String host) {
		return host != null && HOST.matcher(host).matches();
	}

	private static boolean hasRegularConnection(HttpHeaders headers) {
		String connection = headers.get(HttpHeaderNames.CONNECTION);
		return connection == null || isSingle(headers, HttpHeaderNames.CONNECTION)
				&& (connection.equalsIgnoreCase("keep-alive") || connection.equalsIgnoreCase("close"));
	}

	private static boolean isSingle(HttpHeaders headers, CharSequence name) {
		Iterator<? extends CharSequence> values = headers.valueCharSequenceIterator(name);
		if (values.hasNext()) {
			values.next();
		}
		return !values.hasNext();
	}

	private static boolean arePrintable(HttpHeaders headers) {
		Iterator<Map.Entry<CharSequence, CharSequence>> entries = headers.iteratorCharSequence();
		while (entries.hasNext()) {
			Map.Entry<CharSequence, CharSequence> header = entries.next();
			if (!isPrintable(header.getKey()) || !isPrintable(header.getValue())) {
				return false;
			}
		}
		return true;
	}

	private static boolean isPrintable(CharSequence text) {
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character < ' ' || character > '~') {
				return false;
			}
		}
		return true;
	}

	private static BitSet characters(String others) {
		BitSet characters = new BitSet();
		characters.set('a', 'z' + 1);
		characters.set('A', 'Z' + 1);
		characters.set('0', '9' + 1);
		others.chars().forEach(characters::set);
		return characters;
	}

}

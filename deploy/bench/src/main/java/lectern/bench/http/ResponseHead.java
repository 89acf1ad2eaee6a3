package lectern.bench.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of a response.
 *
 * @param status the status code
 * @param headers by case-insensitive name; of several with one name the last
 */
public record ResponseHead(int status, Map<String, String> headers) {

	static ResponseHead parse(String text) {
		String[] lines = text.split("\r\n");
		String[] first = lines[0].split(" ", 3);
		if (first.length < 2 || !first[0].startsWith("HTTP/1.") || first[1].length() != 3
				|| !first[1].chars().allMatch((digit) -> digit >= '0' && digit <= '9')) {
			throw new IllegalStateException("Not an HTTP/1.1 response: " + lines[0]);
		}
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			if (colon > 0) {
				headers.put(lines[i].substring(0, colon), lines[i].substring(colon + 1).strip());
			}
		}
		return new ResponseHead(Integer.parseInt(first[1]), headers);
	}

	boolean isChunked() {
		return this.headers.getOrDefault("Transfer-Encoding", "").toLowerCase(Locale.ROOT).contains("chunked");
	}

	/** Return the body's length; a huge number if the body ends with the connection. */
	long contentLength() {
		if (this.status == 204 || this.status == 304) {
			return 0;
		}
		String length = this.headers.get("Content-Length");
		// Half of the maximum, so that adding a position does not overflow.
		return (length != null) ? Long.parseLong(length) : Long.MAX_VALUE / 2;
	}

}

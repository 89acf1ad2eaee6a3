package lectern.bench.http;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The head of a response.
 *
 * @param status the status code
 * @param headers by their names, whose case does not count; of several the last
 */
public record ResponseHead(int status, Map<String, String> headers) {

	static ResponseHead parse(String text) {
		String[] lines = text.split("\r\n");
		String[] first = lines[0].split(" ", 3);
		if (first.length < 2 || !first[0].startsWith("HTTP/1.") || !first[1].matches("[0-9]{3}")) {
			throw new IllegalStateException("Not an answer of HTTP/1.1: " + lines[0]);
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

	/** The length of the body; the largest number if it ends with the connection. */
	long contentLength() {
		if (this.status == 204 || this.status == 304) {
			return 0;
		}
		String length = this.headers.get("Content-Length");
		// Less than the largest, so that a position can be added.
		return (length != null) ? Long.parseLong(length) : Long.MAX_VALUE / 2;
	}

}

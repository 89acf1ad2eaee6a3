package lectern.bench.crowd;

import java.util.HashMap;
import java.util.Map;

import lectern.bench.http.TextRequest;

/**
 * What a subscriber asks for.
 *
 * @param path the path of the stream with the query
 * @param headers the subscriber's own, such as {@code Authorization}
 */
public record StreamRequest(String path, Map<String, String> headers) {

	/** A request without headers of its own. */
	public static StreamRequest of(String path) {
		return new StreamRequest(path, Map.of());
	}

	/** A request with a token. */
	public static StreamRequest of(String path, String token) {
		return new StreamRequest(path, Map.of("Authorization", "Bearer " + token));
	}

	byte[] encode(EventId last) {
		Map<String, String> all = new HashMap<>(this.headers);
		all.putIfAbsent("Accept", "text/event-stream");
		if (!last.isEmpty()) {
			all.put("Last-Event-ID", last.toString());
		}
		return TextRequest.get(this.path, all).encode();
	}

}

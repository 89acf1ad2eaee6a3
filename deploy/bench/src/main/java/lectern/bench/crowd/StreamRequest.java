package lectern.bench.crowd;

import java.util.HashMap;
import java.util.Map;

import lectern.bench.http.TextRequest;

/**
 * The request of a subscriber.
 *
 * @param path the path and query of the stream
 * @param headers additional headers, such as {@code Authorization}
 */
public record StreamRequest(String path, Map<String, String> headers) {

	/** Return a request without additional headers. */
	public static StreamRequest of(String path) {
		return new StreamRequest(path, Map.of());
	}

	/** Return a request with an access token. */
	public static StreamRequest of(String path, String token) {
		return new StreamRequest(path, Map.of("Authorization", "Bearer " + token));
	}

	byte[] encode(EventId lastEventId) {
		Map<String, String> all = new HashMap<>(this.headers);
		all.putIfAbsent("Accept", "text/event-stream");
		if (!lastEventId.isEmpty()) {
			all.put("Last-Event-ID", lastEventId.toString());
		}
		return TextRequest.get(this.path, all).encode();
	}

}

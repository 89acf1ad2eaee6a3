package lectern.web;

import java.util.Map;

import org.springframework.http.ResponseEntity;

/**
 * An HTTP response that can be stored and sent again.
 *
 * @param status the status code
 * @param headers the headers with one value each
 * @param content the content exactly as it is sent
 */
public record RenderedResponse(int status, Map<String, String> headers, String content) {

	/** Return the response to the first request with the key. */
	public ResponseEntity<String> toResponseEntity() {
		return ResponseEntity.status(this.status)
			.headers((target) -> this.headers.forEach(target::set))
			.body(this.content);
	}

	/** Return the response to a repeated request, marked as a replay. */
	public ResponseEntity<String> toReplayedResponseEntity() {
		ResponseEntity<String> first = toResponseEntity();
		return ResponseEntity.status(first.getStatusCode())
			.headers(first.getHeaders())
			.header(IdempotencyKey.REPLAYED, "true")
			.body(first.getBody());
	}

}

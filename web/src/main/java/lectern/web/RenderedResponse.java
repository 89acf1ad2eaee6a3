package lectern.web;

import java.util.Map;

import org.springframework.http.ResponseEntity;

/**
 * An answer over HTTP in the form that it is kept in.
 *
 * @param content as it is sent, to the letter
 */
public record RenderedResponse(int status, Map<String, String> headers, String content) {

	/** The answer as it is sent, once more or for the first time. */
	public ResponseEntity<String> toResponseEntity() {
		return ResponseEntity.status(this.status).headers((sent) -> this.headers.forEach(sent::set)).body(this.content);
	}

	/** The same, said to be a repeat. */
	public ResponseEntity<String> toReplayedResponseEntity() {
		ResponseEntity<String> first = toResponseEntity();
		return ResponseEntity.status(first.getStatusCode())
			.headers(first.getHeaders())
			.header(IdempotencyKey.REPLAYED, "true")
			.body(first.getBody());
	}

}

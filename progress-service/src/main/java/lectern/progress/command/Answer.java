package lectern.progress.command;

import java.util.Map;

import org.springframework.http.ResponseEntity;

/**
 * An answer over HTTP in the form that it is kept in.
 *
 * @param content as it is sent, to the letter
 */
record Answer(int status, Map<String, String> headers, String content) {

	/** The answer as it is sent, once more or for the first time. */
	ResponseEntity<String> entity() {
		return ResponseEntity.status(this.status).headers((sent) -> this.headers.forEach(sent::set)).body(this.content);
	}

}

package lectern.streaming.revocation;

import java.time.Instant;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;

/**
 * One event of the internal stream of revocations.
 *
 * @param sessions the ended sessions, each with the instant from which no token of it can
 * be valid any more
 * @param complete whether the events of this connection so far contain every revocation
 * that still matters
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record SessionRevocations(Map<String, Instant> sessions, boolean complete) {

	/** The path of the stream, which the gateway does not route. */
	public static final String PATH = "/internal/session-revocations";

	public SessionRevocations {
		sessions = Map.copyOf(sessions);
	}

}

package lectern.gateway.stream;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import lectern.streaming.sse.SseEvent;
import org.jspecify.annotations.Nullable;

/** Times how long events of a private stream take from their commit to the client. */
final class PrivateStreamLag {

	/** Of the event itself: the members before it have no such text. */
	private static final byte[] RECEIVED_AT = "\"receivedAt\":\"".getBytes(StandardCharsets.US_ASCII);

	private final Timer timer;

	/**
	 * @param stream the route's pattern
	 */
	PrivateStreamLag(String stream, MeterRegistry registry) {
		this.timer = EdgeMeter.RELAY_LAG.timer(registry, stream);
	}

	/**
	 * Record an event that has just been written.
	 * @param since nothing is recorded of an event from before: it has waited for the
	 * client
	 * @return whether it was recorded
	 */
	boolean record(SseEvent event, Instant since) {
		Instant receivedAt = receivedAt(event);
		if (receivedAt == null || !receivedAt.isAfter(since)) {
			return false;
		}
		this.timer.record(Duration.between(receivedAt, Instant.now()));
		return true;
	}

	/** Find the text in place: to parse the document takes ten times as long. */
	private static @Nullable Instant receivedAt(SseEvent event) {
		byte[] json = event.data();
		if (json == null) {
			return null;
		}
		int start = indexAfterName(json);
		int end = start;
		while (end < json.length && json[end] != '"') {
			end++;
		}
		try {
			return Instant.parse(new String(json, start, end - start, StandardCharsets.US_ASCII));
		}
		catch (DateTimeException _) {
			return null;
		}
	}

	private static int indexAfterName(byte[] json) {
		for (int index = 0; index + RECEIVED_AT.length <= json.length; index++) {
			int matching = 0;
			while (matching < RECEIVED_AT.length && json[index + matching] == RECEIVED_AT[matching]) {
				matching++;
			}
			if (matching == RECEIVED_AT.length) {
				return index + matching;
			}
		}
		return json.length;
	}

}

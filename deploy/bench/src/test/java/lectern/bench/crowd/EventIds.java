package lectern.bench.crowd;

import java.nio.charset.StandardCharsets;

/** Ids for tests outside this package. */
public final class EventIds {

	private EventIds() {
	}

	/** An id of a text. */
	public static EventId of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		EventId id = new EventId();
		id.set(bytes, 0, bytes.length);
		return id;
	}

}

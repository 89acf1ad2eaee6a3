package lectern.bench.crowd;

import java.nio.charset.StandardCharsets;

/** Creates event ids for tests in other packages. */
public final class EventIds {

	private EventIds() {
	}

	/** Return an id with the given text. */
	public static EventId of(String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		EventId id = new EventId();
		id.set(bytes, 0, bytes.length);
		return id;
	}

}

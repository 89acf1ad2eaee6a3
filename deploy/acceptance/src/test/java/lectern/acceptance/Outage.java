package lectern.acceptance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A program that is killed while events are written, which a client has to get through.
 *
 * @param program whose process ends
 * @param write writes one event and returns its cursor; it does not go by way of the
 * gateway, so that events are written also while the gateway is away
 */
record Outage(Lectern lectern, String program, Supplier<String> write) {

	/** The cursors of what was written before it, during it and after it. */
	List<String> cursors() throws IOException {
		List<String> cursors = new ArrayList<>();
		writeSome(cursors);
		long killed = lectern().pid(program());
		lectern().kill(program());
		if (program().equals("gateway")) {
			writeSome(cursors);
		}
		lectern().awaitRestart(program(), killed);
		writeSome(cursors);
		return cursors;
	}

	private void writeSome(List<String> cursors) {
		for (int i = 0; i < 3; i++) {
			cursors.add(write().get());
		}
	}

}

package lectern.acceptance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A program that is killed while events are written, which a client has to get through.
 *
 * @param program whose process ends
 * @param writeEvent writes one event and returns its cursor; it does not go by way of the
 * gateway, so that events are written also while the gateway is away
 */
record Outage(LecternInstance lectern, String program, Supplier<String> writeEvent) {

	/** The cursors of the events written before, during and after the outage. */
	List<String> writeAroundKill() throws IOException {
		List<String> cursors = new ArrayList<>();
		writeBatch(cursors);
		long killed = lectern().pid(program());
		lectern().kill(program());
		if (program().equals("gateway")) {
			writeBatch(cursors);
		}
		lectern().awaitRestart(program(), killed);
		writeBatch(cursors);
		return cursors;
	}

	private void writeBatch(List<String> cursors) {
		for (int i = 0; i < 3; i++) {
			cursors.add(writeEvent().get());
		}
	}

}

package lectern.streaming.server;

import java.util.ArrayList;
import java.util.List;

/** The connections of one event loop, and what time it is for them. Used on it alone. */
final class EventLoopConnections {

	private final List<SseConnection> connections = new ArrayList<>();

	private long now;

	EventLoopConnections(long now) {
		this.now = now;
	}

	/** Milliseconds, as of the last beat: nothing here needs it finer. */
	long now() {
		return this.now;
	}

	/** May be asked on any thread. */
	boolean isEmpty() {
		return this.connections.isEmpty();
	}

	List<SseConnection> connections() {
		return List.copyOf(this.connections);
	}

	void add(SseConnection connection) {
		connection.eventLoopIndex = this.connections.size();
		this.connections.add(connection);
	}

	/** The last one takes the place of who leaves. */
	void remove(SseConnection connection) {
		SseConnection last = this.connections.removeLast();
		if (last != connection) {
			this.connections.set(connection.eventLoopIndex, last);
			last.eventLoopIndex = connection.eventLoopIndex;
		}
	}

	/** Backwards: who leaves meanwhile is replaced by one that was seen already. */
	void tick(long time) {
		this.now = time;
		for (int at = this.connections.size() - 1; at >= 0; at--) {
			if (at < this.connections.size()) {
				this.connections.get(at).tick(time);
			}
		}
	}

}

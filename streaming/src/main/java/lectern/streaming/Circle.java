package lectern.streaming;

import java.util.ArrayList;
import java.util.List;

/** The connections of one event loop, and what time it is for them. Used on it alone. */
final class Circle {

	private final List<Connection> connections = new ArrayList<>();

	private long now;

	Circle(long now) {
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

	List<Connection> connections() {
		return List.copyOf(this.connections);
	}

	void add(Connection connection) {
		connection.index = this.connections.size();
		this.connections.add(connection);
	}

	/** The last one takes the place of who leaves. */
	void remove(Connection connection) {
		Connection last = this.connections.removeLast();
		if (last != connection) {
			this.connections.set(connection.index, last);
			last.index = connection.index;
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

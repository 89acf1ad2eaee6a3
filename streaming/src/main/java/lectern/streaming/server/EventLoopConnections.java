package lectern.streaming.server;

import java.util.ArrayList;
import java.util.List;

import lectern.web.RevokedSessions;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop, and their clock. Used only on that event loop. */
final class EventLoopConnections {

	private final List<TimedConnection> connections = new ArrayList<>();

	private final RevokedSessions revokedSessions;

	private long now;

	EventLoopConnections(long now, RevokedSessions revokedSessions) {
		this.now = now;
		this.revokedSessions = revokedSessions;
	}

	/** Milliseconds as of the last tick; nothing here needs a finer resolution. */
	long now() {
		return this.now;
	}

	/** Whether a session was ended before its time. */
	boolean isRevoked(@Nullable TokenSession session) {
		return session != null && this.revokedSessions.contains(session.id());
	}

	/**
	 * Whether the roles of an account are other ones than when a session's token was
	 * issued.
	 */
	boolean haveRolesChanged(@Nullable TokenSession session) {
		return session != null && this.revokedSessions.contains(session.rolesId());
	}

	/** Whether there is no connection; may be called on any thread. */
	boolean isEmpty() {
		return this.connections.isEmpty();
	}

	List<TimedConnection> connections() {
		return List.copyOf(this.connections);
	}

	void add(TimedConnection connection) {
		connection.eventLoopIndex = this.connections.size();
		this.connections.add(connection);
	}

	/** Remove a connection; the last one takes its index. */
	void remove(TimedConnection connection) {
		TimedConnection last = this.connections.removeLast();
		if (last != connection) {
			this.connections.set(connection.eventLoopIndex, last);
			last.eventLoopIndex = connection.eventLoopIndex;
		}
	}

	/**
	 * Tick all connections, from the last to the first: one that is removed meanwhile is
	 * replaced by one that has been ticked already.
	 */
	void tick(long time) {
		this.now = time;
		for (int index = this.connections.size() - 1; index >= 0; index--) {
			if (index < this.connections.size()) {
				this.connections.get(index).tick(time);
			}
		}
	}

}

package lectern.streaming.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The up-to-date connections of one stream on one event loop, by the key of their filter.
 * Attaching and detaching take constant time. Used only on that event loop.
 */
final class UpToDateConnections<E> {

	private final List<BroadcastConnection<E>> unkeyed = new ArrayList<>();

	private final Map<String, List<BroadcastConnection<E>>> byKey = new HashMap<>();

	/** Those whose filter has no key; not a copy. */
	List<BroadcastConnection<E>> unkeyed() {
		return this.unkeyed;
	}

	/** Those whose filter has the key; not a copy. Null if there are none. */
	@Nullable List<BroadcastConnection<E>> withKey(String key) {
		return this.byKey.get(key);
	}

	/** All of them, in no particular order; a copy. */
	List<BroadcastConnection<E>> all() {
		List<BroadcastConnection<E>> all = new ArrayList<>(this.unkeyed);
		this.byKey.values().forEach(all::addAll);
		return all;
	}

	void attach(BroadcastConnection<E> connection) {
		String key = connection.filter().key();
		List<BroadcastConnection<E>> group = (key == null) ? this.unkeyed
				: this.byKey.computeIfAbsent(key, (_) -> new ArrayList<>(1));
		connection.attachedIndex = group.size();
		group.add(connection);
	}

	/** Detach a connection; the last one of its group takes its index. */
	void detach(BroadcastConnection<E> connection) {
		String key = connection.filter().key();
		List<BroadcastConnection<E>> group = (key == null) ? this.unkeyed
				: this.byKey.getOrDefault(key, new ArrayList<>());
		BroadcastConnection<E> last = group.removeLast();
		if (last != connection) {
			group.set(connection.attachedIndex, last);
			last.attachedIndex = connection.attachedIndex;
		}
		connection.attachedIndex = -1;
		if (key != null && group.isEmpty()) {
			this.byKey.remove(key);
		}
	}

}

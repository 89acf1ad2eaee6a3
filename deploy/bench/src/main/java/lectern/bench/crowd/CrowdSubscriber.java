package lectern.bench.crowd;

import org.jspecify.annotations.Nullable;

/** One of the crowd, over all the connections that it makes one after the other. */
final class CrowdSubscriber {

	private static final int DEFAULT_RETRY_MILLIS = 3_000;

	private final int index;

	private final CrowdEventLoop eventLoop;

	private final ReadRate readRate;

	/** The id of the last whole frame: where the next connection goes on. */
	final EventId lastEventId = new EventId();

	private int retryMillis = DEFAULT_RETRY_MILLIS;

	private boolean openedBefore;

	private @Nullable CrowdConnection openConnection;

	CrowdSubscriber(int index, CrowdEventLoop loop) {
		this.index = index;
		this.eventLoop = loop;
		this.readRate = loop.plan.readRate().apply(index);
	}

	int index() {
		return this.index;
	}

	ReadRate readRate() {
		return this.readRate;
	}

	byte[] encodedRequest() {
		return this.eventLoop.plan.request().apply(this.index).encode(this.lastEventId);
	}

	int retryMillis() {
		return this.retryMillis;
	}

	void updateRetry(int millis) {
		this.retryMillis = millis;
	}

	void onConnected() {
		this.eventLoop.counters.connects.increment();
		if (this.openedBefore) {
			this.eventLoop.counters.reconnects.increment();
		}
	}

	void onOpened(CrowdConnection connection) {
		this.openedBefore = true;
		this.openConnection = connection;
		this.eventLoop.counters.open.increment();
		this.eventLoop.listener.onOpen(this.index);
	}

	void onClosed(CrowdConnection connection) {
		if (this.openConnection == connection) {
			this.openConnection = null;
			this.eventLoop.counters.open.decrement();
		}
		this.eventLoop.scheduleReconnect(this);
	}

	void connect() {
		this.eventLoop.execute(() -> this.eventLoop.connect(this));
	}

	void disconnect(DisconnectMode how) {
		this.eventLoop.execute(() -> {
			CrowdConnection dropped = this.openConnection;
			if (dropped != null) {
				dropped.disconnect(how);
			}
		});
	}

}

package lectern.bench.crowd;

import org.jspecify.annotations.Nullable;

/** One subscriber of a crowd, over all its successive connections. */
final class CrowdSubscriber {

	private static final int DEFAULT_RETRY_MILLIS = 3_000;

	private final int index;

	private final CrowdEventLoop eventLoop;

	private final ReadRate readRate;

	/** The id of the last complete frame, with which the next connection resumes. */
	final EventId lastEventId = new EventId();

	private int retryMillis = DEFAULT_RETRY_MILLIS;

	private boolean openedBefore;

	private @Nullable CrowdConnection connection;

	/** Whether the response has begun. */
	private boolean open;

	CrowdSubscriber(int index, CrowdEventLoop eventLoop) {
		this.index = index;
		this.eventLoop = eventLoop;
		this.readRate = eventLoop.plan.readRate().apply(index);
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

	void onConnected(CrowdConnection connected) {
		this.connection = connected;
		this.eventLoop.counters.connects.increment();
		if (this.openedBefore) {
			this.eventLoop.counters.reconnects.increment();
		}
	}

	void onOpened() {
		this.openedBefore = true;
		this.open = true;
		this.eventLoop.counters.open.increment();
		this.eventLoop.listener.onOpen(this.index);
	}

	void onClosed() {
		this.connection = null;
		if (this.open) {
			this.open = false;
			this.eventLoop.counters.open.decrement();
		}
		this.eventLoop.scheduleReconnect(this);
	}

	void connect() {
		this.eventLoop.execute(() -> this.eventLoop.connect(this));
	}

	void disconnect(DisconnectMode mode) {
		this.eventLoop.execute(() -> {
			CrowdConnection current = this.connection;
			if (current != null && this.open) {
				current.disconnect(mode);
			}
		});
	}

	/** Close the connection, also while it waits for its response. */
	void close() {
		this.eventLoop.execute(() -> {
			CrowdConnection current = this.connection;
			if (current != null) {
				current.disconnect(DisconnectMode.CLOSE);
			}
		});
	}

}

package lectern.bench.crowd;

import org.jspecify.annotations.Nullable;

/** One of the crowd, over all the connections that it makes one after the other. */
final class Subscriber {

	private static final int USUAL_RETRY_MILLIS = 3_000;

	private final int index;

	private final Loop loop;

	private final Appetite appetite;

	/** The id of the last whole frame: where the next connection goes on. */
	final EventId last = new EventId();

	private int retryMillis = USUAL_RETRY_MILLIS;

	private boolean answered;

	private @Nullable Connection open;

	Subscriber(int index, Loop loop) {
		this.index = index;
		this.loop = loop;
		this.appetite = loop.plan.appetite().apply(index);
	}

	int index() {
		return this.index;
	}

	Appetite appetite() {
		return this.appetite;
	}

	byte[] request() {
		return this.loop.plan.request().apply(this.index).bytes(this.last);
	}

	int retryMillis() {
		return this.retryMillis;
	}

	void retry(int millis) {
		this.retryMillis = millis;
	}

	void connected() {
		this.loop.tally.connects.increment();
		if (this.answered) {
			this.loop.tally.reconnects.increment();
		}
	}

	void opened(Connection connection) {
		this.answered = true;
		this.open = connection;
		this.loop.tally.open.increment();
		this.loop.listener.opened(this.index);
	}

	void closed(Connection connection) {
		if (this.open == connection) {
			this.open = null;
			this.loop.tally.open.decrement();
		}
		this.loop.comeBack(this);
	}

	void connect() {
		this.loop.execute(() -> this.loop.connect(this));
	}

	void drop(Drop how) {
		this.loop.execute(() -> {
			Connection dropped = this.open;
			if (dropped != null) {
				dropped.drop(how);
			}
		});
	}

}

package lectern.bench.crowd;

import java.util.function.IntFunction;

/**
 * The behaviour of a crowd.
 *
 * @param port the port on this machine
 * @param subscribers the number of subscribers, whose indices start with 0
 * @param request the request of each subscriber
 * @param readRate the read rate of each subscriber
 * @param subscribersPerAddress subscribers per source address, from 127.0.0.1 on
 * @param connectRate new connections per second
 * @param threads event loops; one is enough for 10,000 subscribers, and with one all
 * events are reported in the order of their arrival
 * @param reconnects whether subscribers reconnect after a close: after the stream's
 * {@code retry} or 3 s, and up to 25 % more
 */
public record CrowdPlan(int port, int subscribers, IntFunction<StreamRequest> request, IntFunction<ReadRate> readRate,
		int subscribersPerAddress, int connectRate, int threads, boolean reconnects) {

	/**
	 * Return a plan in which all subscribers request the same path: one thread, 500
	 * subscribers per address, 2,000 connections per second, with reconnects.
	 */
	public static CrowdPlan of(int port, int subscribers, String path) {
		StreamRequest request = StreamRequest.of(path);
		return new CrowdPlan(port, subscribers, (_) -> request, (_) -> ReadRate.UNLIMITED, 500, 2_000, 1, true);
	}

	/** Return the same plan with a request for each subscriber. */
	public CrowdPlan withRequest(IntFunction<StreamRequest> other) {
		return new CrowdPlan(this.port, this.subscribers, other, this.readRate, this.subscribersPerAddress,
				this.connectRate, this.threads, this.reconnects);
	}

	/** Return the same plan with a read rate for each subscriber. */
	public CrowdPlan withReadRate(IntFunction<ReadRate> other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, other, this.subscribersPerAddress,
				this.connectRate, this.threads, this.reconnects);
	}

	/** Return the same plan with another number of subscribers per source address. */
	public CrowdPlan withSubscribersPerAddress(int other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, other, this.connectRate,
				this.threads, this.reconnects);
	}

	/** Return the same plan with another number of connections per second. */
	public CrowdPlan withConnectRate(int other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, this.subscribersPerAddress,
				other, this.threads, this.reconnects);
	}

	/** Return the same plan with another number of event loops. */
	public CrowdPlan withThreads(int other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, this.subscribersPerAddress,
				this.connectRate, other, this.reconnects);
	}

	/** Return the same plan with subscribers that do not reconnect. */
	public CrowdPlan withoutReconnect() {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, this.subscribersPerAddress,
				this.connectRate, this.threads, false);
	}

	/** Return the source address of a subscriber. */
	String sourceAddress(int subscriber) {
		int address = subscriber / this.subscribersPerAddress;
		return "127.0." + address / 250 + "." + (address % 250 + 1);
	}

}

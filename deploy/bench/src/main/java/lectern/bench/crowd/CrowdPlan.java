package lectern.bench.crowd;

import java.util.function.IntFunction;

/**
 * What a crowd does.
 *
 * @param port the port on this machine
 * @param subscribers how many there are, with indices from 0
 * @param request what each asks for
 * @param readRate how fast each reads
 * @param subscribersPerAddress how many come from one source address, from 127.0.0.1 on
 * @param connectRate connects a second
 * @param threads event loops; one serves 10,000 subscribers and keeps all in order
 * @param reconnects whether they come back after a close, after the time of the stream's
 * {@code retry} or 3 s and up to a quarter more
 */
public record CrowdPlan(int port, int subscribers, IntFunction<StreamRequest> request, IntFunction<ReadRate> readRate,
		int subscribersPerAddress, int connectRate, int threads, boolean reconnects) {

	/** A crowd that all ask for one path: one thread, 500 an address, 2,000 a second. */
	public static CrowdPlan of(int port, int subscribers, String path) {
		StreamRequest request = StreamRequest.of(path);
		return new CrowdPlan(port, subscribers, (_) -> request, (_) -> ReadRate.UNLIMITED, 500, 2_000, 1, true);
	}

	/** The same with a request for each. */
	public CrowdPlan withRequest(IntFunction<StreamRequest> other) {
		return new CrowdPlan(this.port, this.subscribers, other, this.readRate, this.subscribersPerAddress,
				this.connectRate, this.threads, this.reconnects);
	}

	/** The same with an appetite for each. */
	public CrowdPlan withReadRate(IntFunction<ReadRate> other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, other, this.subscribersPerAddress,
				this.connectRate, this.threads, this.reconnects);
	}

	/** The same with so many from one source address. */
	public CrowdPlan withSubscribersPerAddress(int other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, other, this.connectRate,
				this.threads, this.reconnects);
	}

	/** The same at another pace of connecting. */
	public CrowdPlan withConnectRate(int other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, this.subscribersPerAddress,
				other, this.threads, this.reconnects);
	}

	/** The same on so many threads. */
	public CrowdPlan withThreads(int other) {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, this.subscribersPerAddress,
				this.connectRate, other, this.reconnects);
	}

	/** The same with subscribers that stay away once they are cut off. */
	public CrowdPlan withoutReconnect() {
		return new CrowdPlan(this.port, this.subscribers, this.request, this.readRate, this.subscribersPerAddress,
				this.connectRate, this.threads, false);
	}

	/** The source address of a subscriber. */
	String sourceAddress(int subscriber) {
		int address = subscriber / this.subscribersPerAddress;
		return "127.0." + address / 250 + "." + (address % 250 + 1);
	}

}

package lectern.bench.crowd;

import java.util.function.IntFunction;

/**
 * What a crowd does.
 *
 * @param port the port on this machine
 * @param subscribers how many there are, with indices from 0
 * @param request what each asks for
 * @param appetite how fast each reads
 * @param perAddress how many come from one source address, from 127.0.0.1 on
 * @param pace connects a second
 * @param threads event loops; one serves 10,000 subscribers and keeps all in order
 * @param comesBack whether they come back after a close, after the time of the stream's
 * {@code retry} or 3 s and up to a quarter more
 */
public record Plan(int port, int subscribers, IntFunction<StreamRequest> request, IntFunction<Appetite> appetite,
		int perAddress, int pace, int threads, boolean comesBack) {

	/** A crowd that all ask for one path: one thread, 500 an address, 2,000 a second. */
	public static Plan of(int port, int subscribers, String path) {
		StreamRequest request = StreamRequest.of(path);
		return new Plan(port, subscribers, (_) -> request, (_) -> Appetite.ALL, 500, 2_000, 1, true);
	}

	/** The same with a request for each. */
	public Plan withRequest(IntFunction<StreamRequest> other) {
		return new Plan(this.port, this.subscribers, other, this.appetite, this.perAddress, this.pace, this.threads,
				this.comesBack);
	}

	/** The same with an appetite for each. */
	public Plan withAppetite(IntFunction<Appetite> other) {
		return new Plan(this.port, this.subscribers, this.request, other, this.perAddress, this.pace, this.threads,
				this.comesBack);
	}

	/** The same with so many from one source address. */
	public Plan withPerAddress(int other) {
		return new Plan(this.port, this.subscribers, this.request, this.appetite, other, this.pace, this.threads,
				this.comesBack);
	}

	/** The same at another pace of connecting. */
	public Plan withPace(int other) {
		return new Plan(this.port, this.subscribers, this.request, this.appetite, this.perAddress, other, this.threads,
				this.comesBack);
	}

	/** The same on so many threads. */
	public Plan withThreads(int other) {
		return new Plan(this.port, this.subscribers, this.request, this.appetite, this.perAddress, this.pace, other,
				this.comesBack);
	}

	/** The same with subscribers that stay away once they are cut off. */
	public Plan stayingAway() {
		return new Plan(this.port, this.subscribers, this.request, this.appetite, this.perAddress, this.pace,
				this.threads, false);
	}

	/** The source address of a subscriber. */
	String source(int subscriber) {
		int address = subscriber / this.perAddress;
		return "127.0." + address / 250 + "." + (address % 250 + 1);
	}

}

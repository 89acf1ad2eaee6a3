package lectern.gateway.limit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import lectern.web.QuotaStatus;

/** Limits how much of one client runs at once. Holds an entry for each that runs. */
final class OpenTransferLimit {

	private final String policy;

	private final int max;

	private final Map<Client, Integer> running = new ConcurrentHashMap<>();

	/**
	 * @param policy the name of the limit, as clients and meters see it
	 * @param max 0 if there is no limit
	 */
	OpenTransferLimit(String policy, int max) {
		this.policy = policy;
		this.max = max;
	}

	String policy() {
		return this.policy;
	}

	int max() {
		return this.max;
	}

	/** Begin one more, which has to be ended if this returns true. */
	boolean tryBegin(Client client) {
		if (this.max == 0) {
			return true;
		}
		boolean[] begun = new boolean[1];
		this.running.compute(client, (_, count) -> {
			int present = (count != null) ? count : 0;
			begun[0] = present < this.max;
			return begun[0] ? Integer.valueOf(present + 1) : count;
		});
		return begun[0];
	}

	void end(Client client) {
		this.running.computeIfPresent(client, (_, count) -> (count == 1) ? null : count - 1);
	}

	QuotaStatus status(Client client) {
		return QuotaStatus.concurrent(this.policy, this.max,
				Math.max(this.max - this.running.getOrDefault(client, 0), 0));
	}

	/** How many clients have something that runs. */
	int clients() {
		return this.running.size();
	}

}

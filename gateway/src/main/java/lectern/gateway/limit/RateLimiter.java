package lectern.gateway.limit;

/**
 * Counts what clients use of their quotas. Thread-safe. It is asked for every request on
 * the event loops, so it answers at once and never waits: gateways that share what they
 * count would exchange it in the background.
 */
public interface RateLimiter {

	/**
	 * Take one request from the quota of a client.
	 * @return what the client has used, this request included if it was granted
	 */
	QuotaUse acquire(Quota quota, Client client);

	/** Give back what {@link #acquire} has granted. */
	void release(Quota quota, Client client);

}

package lectern.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;

/**
 * What a client has left of a quota. It is advice: a limit may be reached earlier, and a
 * response with status 429 says in {@code Retry-After} when to try again.
 *
 * @param policy the name of the limit; letters, digits and hyphens
 * @param quota how much is allowed in all
 * @param remaining how much of it is left
 * @param window the time in which the quota is allowed; null if it limits what is open at
 * the same time
 * @param reset the time after which one more is left, zero if nothing is used; null
 * without a window
 * @see <a href=
 * "https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/">RateLimit
 * header fields for HTTP</a>, drafts 9 to 11
 */
public record QuotaStatus(String policy, int quota, int remaining, @Nullable Duration window,
		@Nullable Duration reset) {

	/** The header with what is allowed. */
	public static final String POLICY_HEADER = "RateLimit-Policy";

	/** The header with what is left. */
	public static final String HEADER = "RateLimit";

	/** Create the status of a quota of things that are open at the same time. */
	public static QuotaStatus concurrent(String policy, int quota, int remaining) {
		return new QuotaStatus(policy, quota, remaining, null, null);
	}

	/** Add to the headers of a response, beside other quotas. */
	public void addTo(HttpHeaders response) {
		response.add(POLICY_HEADER, policyValue());
		response.add(HEADER, value());
	}

	/** Return a problem with the headers of this quota. */
	public Problem addTo(Problem problem) {
		return problem.withHeader(POLICY_HEADER, policyValue()).withHeader(HEADER, value());
	}

	/** Return the value of the header with what is allowed. */
	public String policyValue() {
		return "\"" + this.policy + "\";q=" + this.quota
				+ ((this.window != null) ? ";w=" + seconds(this.window) : ";qu=\"concurrent-requests\"");
	}

	/** Return the value of the header with what is left. */
	public String value() {
		return "\"" + this.policy + "\";r=" + this.remaining
				+ ((this.reset != null) ? ";t=" + seconds(this.reset) : "");
	}

	/** Round up, because a client that comes too early is refused. */
	private static long seconds(Duration duration) {
		return duration.plusSeconds(1).minusNanos(1).toSeconds();
	}

}

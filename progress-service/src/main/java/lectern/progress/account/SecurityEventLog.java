package lectern.progress.account;

import java.time.Duration;

import lectern.progress.account.limit.ClientAddressResolver;
import lectern.progress.account.limit.KeyedRateLimiter;
import lectern.progress.account.limit.RateLimit;
import lectern.web.RequestIdFilter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Writes one line for each security event. It contains the event, the handle, the address
 * of the client and the id of the request, and nothing else, so a secret cannot get into
 * it.
 */
public class SecurityEventLog {

	private static final Logger logger = LoggerFactory.getLogger("lectern.security");

	/** Stands for a handle that nobody can have. What was typed may be a password. */
	private static final String NO_HANDLE = "-";

	private final KeyedRateLimiter repeated = new KeyedRateLimiter(new RateLimit(1, Duration.ofMinutes(1)));

	private final ClientAddressResolver addresses;

	SecurityEventLog(ClientAddressResolver addresses) {
		this.addresses = addresses;
	}

	/**
	 * Write the line of an event. An event that can happen as often as requests can be
	 * sent is written once a minute for each address.
	 * @param handle as it was typed; only what can be a handle is written, so nobody can
	 * forge a line; null if unknown
	 */
	public void write(SecurityEvent event, @Nullable String handle, ServerHttpRequest request) {
		String address = this.addresses.resolve(request).network();
		if (!event.isUnlimited() || this.repeated.acquire(event.label() + " " + address).isZero()) {
			logger.info("{} reader={} address={} request={}", event.label(), printable(handle), address,
					requestId(request));
		}
	}

	/**
	 * Write the line of what somebody did with the account of another.
	 * @param handle of the account
	 * @param actor the handle of who did it
	 */
	void writeBy(String actor, SecurityEvent event, String handle, ServerHttpRequest request) {
		logger.info("{} reader={} by={} address={} request={}", event.label(), printable(handle), printable(actor),
				this.addresses.resolve(request).network(), requestId(request));
	}

	/**
	 * Write the line of something that was done on this machine, without a request of the
	 * API.
	 */
	void writeLocal(SecurityEvent event, @Nullable String handle) {
		logger.info("{} reader={} address=local", event.label(), printable(handle));
	}

	private static String requestId(ServerHttpRequest request) {
		return RequestIdFilter.validOrGenerated(request.getHeaders().getFirst(RequestIdFilter.HEADER));
	}

	private static String printable(@Nullable String typed) {
		String handle = (typed != null) ? HandlePolicy.normalize(typed) : NO_HANDLE;
		return HandlePolicy.isValid(handle) ? handle : NO_HANDLE;
	}

}

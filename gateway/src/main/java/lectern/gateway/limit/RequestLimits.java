package lectern.gateway.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QuotaStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Decides which requests are admitted, by what their address and their reader have used.
 */
final class RequestLimits {

	static final ProblemType TOO_MANY_REQUESTS = new ProblemType("too-many-requests", HttpStatus.TOO_MANY_REQUESTS,
			"Too many requests were sent");

	private static final String PER_ADDRESS = "-per-address";

	private static final String PER_READER = "-per-reader";

	/** About as long as an export takes. */
	private static final Duration OPEN_TRANSFERS_RETRY = Duration.ofSeconds(5);

	private final RateLimiter limiter;

	/** Without those that are switched off. */
	private final Map<RequestCost, Quota> addressQuotas = new EnumMap<>(RequestCost.class);

	private final Map<RequestCost, Quota> readerQuotas = new EnumMap<>(RequestCost.class);

	private final OpenTransferLimit openPerAddress;

	private final OpenTransferLimit openPerReader;

	private final Map<String, Counter> refused = new HashMap<>();

	RequestLimits(RequestLimitSettings settings, RateLimiter limiter, MeterRegistry registry) {
		this.limiter = limiter;
		for (RequestCost cost : RequestCost.values()) {
			addQuota(this.addressQuotas, cost, cost.policy() + PER_ADDRESS, settings.perAddress(cost));
			addQuota(this.readerQuotas, cost, cost.policy() + PER_READER, settings.perReader(cost));
		}
		this.openPerAddress = new OpenTransferLimit("open-transfers" + PER_ADDRESS, settings.openTransfersPerAddress());
		this.openPerReader = new OpenTransferLimit("open-transfers" + PER_READER, settings.openTransfersPerReader());
		this.addressQuotas.values().forEach((quota) -> count(quota.policy(), registry));
		this.readerQuotas.values().forEach((quota) -> count(quota.policy(), registry));
		count(this.openPerAddress.policy(), registry);
		count(this.openPerReader.policy(), registry);
	}

	private static void addQuota(Map<RequestCost, Quota> quotas, RequestCost cost, String policy, int max) {
		if (max > 0) {
			quotas.put(cost, new Quota(policy, max));
		}
	}

	private void count(String policy, MeterRegistry registry) {
		this.refused.put(policy, LimitMeter.REFUSED.counter(registry, policy));
	}

	/**
	 * Count a request. What one limit refuses is not counted by the other.
	 * @param reader whose verified token the request has; null if it has none
	 */
	Admission admit(RequestCost cost, Client address, @Nullable Client reader) {
		List<QuotaStatus> quotas = new ArrayList<>(2);
		Quota addressQuota = this.addressQuotas.get(cost);
		if (addressQuota != null) {
			QuotaUse use = this.limiter.acquire(addressQuota, address);
			if (!use.granted()) {
				return refuse(cost, "address", use);
			}
			quotas.add(use.status());
		}
		Quota readerQuota = (reader != null) ? this.readerQuotas.get(cost) : null;
		if (readerQuota != null && reader != null) {
			QuotaUse use = this.limiter.acquire(readerQuota, reader);
			if (!use.granted()) {
				if (addressQuota != null) {
					this.limiter.release(addressQuota, address);
				}
				return refuse(cost, "reader", use);
			}
			quotas.add(use.status());
		}
		return (cost == RequestCost.TRANSFER) ? begin(quotas, address, reader) : Admission.admitted(quotas);
	}

	private Admission begin(List<QuotaStatus> quotas, Client address, @Nullable Client reader) {
		if (!this.openPerAddress.tryBegin(address)) {
			return refuse("address", this.openPerAddress, address);
		}
		if (reader != null && !this.openPerReader.tryBegin(reader)) {
			this.openPerAddress.end(address);
			return refuse("reader", this.openPerReader, reader);
		}
		return Admission.untilEnd(quotas, () -> {
			this.openPerAddress.end(address);
			if (reader != null) {
				this.openPerReader.end(reader);
			}
		});
	}

	private Admission refuse(RequestCost cost, String subject, QuotaUse use) {
		String detail = "One " + subject + " may send " + use.quota().max() + " " + cost.description() + " a minute.";
		return refuse(use.status(), detail, use.untilGranted());
	}

	private Admission refuse(String subject, OpenTransferLimit limit, Client client) {
		String detail = "One " + subject + " may have " + limit.max() + " exports and imports that run at once.";
		return refuse(limit.status(client), detail, OPEN_TRANSFERS_RETRY);
	}

	/** The time is rounded up, because a client that comes too early is refused. */
	private Admission refuse(QuotaStatus quota, String detail, Duration wait) {
		Objects.requireNonNull(this.refused.get(quota.policy())).increment();
		long seconds = Math.max(wait.plusSeconds(1).minusNanos(1).toSeconds(), 1);
		return Admission.refused(quota, Problem.of(TOO_MANY_REQUESTS, detail + " Try again in " + seconds + " s.")
			.withHeader(HttpHeaders.RETRY_AFTER, Long.toString(seconds)));
	}

	/** How many clients have an export or an import that runs. */
	int clientsWithOpenTransfers() {
		return this.openPerAddress.clients() + this.openPerReader.clients();
	}

}
